import type { CheckMessage, DeviceState, LiveHeader, PartState, SessionMessage } from '@inkcast/device/web';
import type { ExplainedCandidate, Explanation } from '@inkcast/shared/explanation';
import type { ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';

// What the device answers. Shapes that MQTT has too come from where MQTT has them.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Reading = ReadingMessage & { readonly region?: string };
export type DeviceEvent = ReadingEvent & { readonly region?: string };

/** One key of the configuration. */
export interface Setting {
  readonly path: string;
  readonly description: string;
  /** JSON Schema of its value. */
  readonly schema: Readonly<Record<string, Json>>;
  /** In words. */
  readonly default?: string;
  readonly live: boolean;
  readonly secret: boolean;
  readonly fileOnly: boolean;
  readonly value?: Json;
  /** Whether the file sets it. */
  readonly isSet: boolean;
  /** What holds after a restart, where that is something else than `value`. */
  readonly saved?: Json;
  readonly overriddenBy?: string;
  readonly when?: { readonly path: string; readonly value: Json };
}

export interface Settings {
  readonly file: string | null;
  readonly version: string | null;
  readonly keys: readonly Setting[];
}

export interface SavedSettings {
  readonly restartNeeded: readonly string[];
  readonly version: string;
}

export interface SettingsVersion {
  readonly id: string;
  readonly savedAt: string;
  readonly bytes: number;
}

/** What is seen and read through a shape that is not saved yet. */
export interface RegionPreview {
  /** The straightened view as JPEG in base64. */
  readonly picture: string;
  readonly reading: { readonly text: string };
}

export type { CheckMessage, DeviceState, ExplainedCandidate, Explanation, LiveHeader, PartState, SessionMessage };

export type Problem = DeviceState['problems'][number];
export type LiveReading = LiveHeader['readings'][number];

/** How the view lies beside the reference picture; the shift is in shares of the frame's sides. */
export interface ReferenceState {
  readonly takenAt: string | null;
  readonly status: 'none' | 'aligned' | 'moved' | 'lost';
  readonly dx: number | null;
  readonly dy: number | null;
}

export type HistoryEvent = DeviceEvent & {
  /** Whether a picture of it is kept. */
  readonly picture?: boolean;
};

export interface HistoryPage {
  /** The newest first. */
  readonly events: readonly HistoryEvent[];
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
}

/** What the first steps offer. */
export interface SetupOffer {
  readonly cameras: readonly { readonly value: string; readonly label: string }[];
  readonly name: string;
  readonly broker: string;
}

export interface SetupAnswers {
  readonly camera: string;
  readonly name: string;
  readonly broker: string;
  readonly username?: string;
  readonly password?: string;
}
