import type { Availability, HealthMessage, ReadingMessage } from '@inkcast/shared/messages';

/** What a device has last said of itself; what it has not said is undefined. */
export interface DeviceState {
  readonly device: string;
  readonly availability?: Availability;
  readonly health?: HealthMessage;
  readonly reading?: ReadingMessage;
}

/** One device as lists show it. */
export interface DeviceSummary {
  readonly device: string;
  readonly state: Availability | 'unknown';
  readonly version: string | null;
  readonly model: string | null;
  /** The current reading; empty where nothing is in view, null where it is not known. */
  readonly text: string | null;
  /** When that was first seen, as ISO 8601. */
  readonly since: string | null;
  /** Codes of what is wrong. */
  readonly problems: readonly string[];
}

export function summaryOf({ device, availability, health, reading }: DeviceState): DeviceSummary {
  return {
    device,
    state: availability ?? 'unknown',
    version: health?.version ?? null,
    model: health?.model ?? reading?.model ?? null,
    text: reading?.text ?? null,
    since: reading?.since ?? null,
    problems: health?.problems.map(({ code }) => code) ?? [],
  };
}
