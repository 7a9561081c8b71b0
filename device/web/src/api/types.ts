import type { ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';

// What the device answers. Shapes that MQTT has too come from where MQTT has them.

export interface Session {
  /** Null where nobody has logged in, or nobody has to. */
  readonly user: string | null;
  readonly role: 'admin' | 'viewer' | null;
  readonly needsLogin: boolean;
  readonly csrfToken: string | null;
}

/** How one part of the device is, in the doctor's words where something is wrong. */
export interface PartState {
  readonly status: 'ok' | 'starting' | 'paused' | 'problem';
  readonly detail: string;
  readonly message?: string;
  readonly remedy?: string;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly since: string;
}

export interface DeviceState {
  readonly device: string;
  readonly version: string;
  readonly camera: PartState;
  readonly broker: PartState;
  readonly model: PartState;
  readonly storage: PartState;
  readonly problems: readonly Problem[];
  readonly fps: number;
  readonly latencyMs: number | null;
  readonly paused: boolean;
  /** Null on a first visit. */
  readonly configFile: string | null;
  readonly frame: {
    readonly number: number;
    readonly time: string;
    readonly width: number;
    readonly height: number;
  } | null;
}

export type Reading = ReadingMessage & { readonly region?: string };
export type DeviceEvent = ReadingEvent & { readonly region?: string };

/** In pixels of the picture that is sent with it. */
export interface LiveBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly digit: number;
  readonly confidence: number;
}

export interface LiveReading {
  readonly region?: string;
  readonly text: string;
  readonly confidence: number | null;
  readonly since: string;
}

/** What stands before each picture of the live socket. */
export interface LiveHeader {
  readonly frame: number;
  readonly time: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly LiveBox[];
  readonly candidates?: readonly LiveBox[];
  readonly readings: readonly LiveReading[];
  readonly fps: number;
  readonly latencyMs: number | null;
}
