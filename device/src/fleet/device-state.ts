import type { Availability, HealthMessage, ReadingMessage } from '@inkcast/shared/messages';

/** The last messages of a device; undefined if it has not sent any. */
export interface DeviceState {
  readonly device: string;
  readonly availability?: Availability;
  readonly health?: HealthMessage;
  readonly reading?: ReadingMessage;
}

/** One device, as shown in lists. */
export interface DeviceSummary {
  readonly device: string;
  readonly state: Availability | 'unknown';
  readonly version: string | null;
  readonly model: string | null;
  /** The current reading; empty if there are no digits, null if it is unknown. */
  readonly text: string | null;
  /** When that reading was first seen, in ISO 8601. */
  readonly since: string | null;
  /** Codes of the current problems. */
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
