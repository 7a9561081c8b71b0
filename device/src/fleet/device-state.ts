import type { Availability, HealthMessage, ReadingMessage } from '@inkcast/shared/messages';

/** The last messages of a device; undefined if it has not sent any. */
export interface DeviceState {
  readonly device: string;
  readonly availability?: Availability;
  readonly health?: HealthMessage;
  readonly reading?: ReadingMessage;
  /** The readings of its named regions, by their names. */
  readonly regions?: ReadonlyMap<string, ReadingMessage>;
}

/** One device, as shown in lists. */
export interface DeviceSummary {
  readonly device: string;
  readonly state: Availability | 'unknown';
  readonly version: string | null;
  readonly model: string | null;
  /** The current reading; empty if there are no digits, null if it is unknown or if the device has named regions. */
  readonly text: string | null;
  /** The text of each named region; absent if the device has none. */
  readonly regions?: Readonly<Record<string, string>>;
  /** When that reading was first seen, in ISO 8601. */
  readonly since: string | null;
  /** Codes of the current problems. */
  readonly problems: readonly string[];
}

export function summaryOf({ device, availability, health, reading, regions }: DeviceState): DeviceSummary {
  const texts = [...(regions ?? [])].map(([name, { text }]): [string, string] => [name, text]);
  return {
    device,
    state: availability ?? 'unknown',
    version: health?.version ?? null,
    model: health?.model ?? reading?.model ?? null,
    text: reading?.text ?? null,
    ...(texts.length === 0 ? {} : { regions: Object.fromEntries(texts.toSorted()) }),
    since: reading?.since ?? null,
    problems: health?.problems.map(({ code }) => code) ?? [],
  };
}
