import type { HistoryEvent } from '../api/index.js';

export const KINDS = ['digits_appeared', 'digits_changed', 'digits_cleared'] as const;

/** Which events are shown; what is empty counts for all. */
export interface HistoryFilter {
  /** In the reader's own time zone, such as 2026-11-28. */
  readonly day: string;
  readonly kind: string;
  readonly region: string;
}

export const EVERYTHING: HistoryFilter = { day: '', kind: '', region: '' };

/** The filter as the device is asked: the day as its first and last moment. */
export function queryOf({ day, kind, region }: HistoryFilter): Record<string, string> {
  return { ...boundsOf(day), kind, region };
}

function boundsOf(day: string): Record<string, string> {
  const [year, month, date] = day.split('-').map(Number);
  if (date === undefined) return {};
  // Not a day's length later: some days have 23 hours.
  const [from, to] = [new Date(year, month - 1, date), new Date(year, month - 1, date + 1)];
  return { from: from.toISOString(), to: new Date(to.getTime() - 1).toISOString() };
}

/** Numbers of more digits than this are not exact, and draw nothing sensible. */
const MAX_DIGITS = 15;

/**
 * What a reading is on a chart: its value, with its decimal point, where it has one; null where there is no number, as for
 * readings of other classes than digits.
 */
export function chartValue({ text, value }: HistoryEvent): number | null {
  if (value !== undefined) return value === null ? null : Number(value);
  const number = text.replaceAll('\n', '');
  return !/^\d+$/.test(number) || number.length > MAX_DIGITS ? null : Number(number);
}

/** Columns of a chart, oldest first: times in seconds, then the values of each region, undefined where another changed. */
export interface ChartData {
  readonly regions: readonly string[];
  readonly times: readonly number[];
  readonly values: readonly (readonly (number | null | undefined)[])[];
}

export function chartOf(newestFirst: readonly HistoryEvent[]): ChartData {
  const events = newestFirst.toReversed();
  const regions = [...new Set(events.map(({ region = '' }) => region))];
  return {
    regions,
    times: events.map(({ capturedAt }) => Date.parse(capturedAt) / 1000),
    values: regions.map((name) =>
      events.map((event) => ((event.region ?? '') === name ? chartValue(event) : undefined)),
    ),
  };
}
