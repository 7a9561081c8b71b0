import type { HealthMessage, ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import type { Frame } from '../camera/index.js';
import type { Reading } from '../reading/index.js';
import type { RequestHandlers } from '../requests/index.js';

/** A frame that was read, and what it says. */
export interface SeenFrame {
  /** Counts the frames that were read, from 0. */
  readonly number: number;
  readonly frame: Frame;
  /** What was seen in all regions. Boxes are in pixels of the frame; undefined where nothing has been read yet. */
  readonly reading: Pick<Reading, 'digits' | 'rejected'> | undefined;
  /** From the moment that the frame was taken to its reading, in milliseconds. */
  readonly latencyMs: number;
}

/** Told what happens, in the daemon's own turn: what it does must be short, and must not throw. */
export interface DeviceListener {
  frame?(seen: SeenFrame): void;
  reading?(reading: ReadingMessage, event: ReadingEvent | undefined): void;
  health?(health: HealthMessage): void;
}

/** What the server shows of the device. The daemon is one. */
export interface WebDevice {
  /** The device's name in MQTT topics. */
  readonly name: string;
  /** Answers what may be asked over MQTT too. */
  readonly handlers: RequestHandlers;
  /** The newest frame; undefined where none has been read yet. */
  readonly seen: SeenFrame | undefined;
  /** What is steadily in view: one reading, or one for each region that has a name; none before the first frame. */
  readonly readings: readonly ReadingMessage[];
  readonly paused: boolean;
  /** What camera, broker and storage are, without secrets. */
  readonly details: { readonly camera: string; readonly broker: string; readonly storage: string };
  /** The configuration file; null where there is none. */
  readonly configFile: string | null;
  readonly isConnected: boolean;
  /** Where events are kept. */
  readonly storage: 'disk' | 'memory';
  health(): Promise<HealthMessage>;
  /** @returns what ends it */
  listen(listener: DeviceListener): () => void;
}
