import type { HistoryEntry, HistoryFilter, HistoryPage, HistoryQuery } from './history.js';

/** Entries that are read at once. */
const PAGE_LENGTH = 1000;
const COLUMNS = ['capturedAt', 'event_type', 'region', 'text', 'confidence', 'model', 'id'] as const;

/** What a history is read with, page by page. */
type ReadPage = (query: HistoryQuery) => Promise<HistoryPage>;

/** All entries that match as CSV (RFC 4180), the newest first, piece by piece: each is read when the one before is taken. */
export async function* csvOf(read: ReadPage, filter: HistoryFilter): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const { entries } of pagesOf(read, filter)) yield entries.map(csvLine).join('');
}

/** The same as a JSON array. */
export async function* jsonOf(read: ReadPage, filter: HistoryFilter): AsyncGenerator<string> {
  let before = '[\n';
  for await (const { entries } of pagesOf(read, filter)) {
    if (entries.length === 0) continue;
    yield before + entries.map((entry) => JSON.stringify(entry)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/**
 * The first and the last moment of a day in this machine's time zone.
 *
 * @param day such as 2026-11-28
 * @returns undefined where there is no such day
 */
export function dayBounds(day: string): { readonly from: Date; readonly to: Date } | undefined {
  const [, year, month, date] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []).map(Number);
  const from = new Date(year, month - 1, date);
  if (from.getMonth() !== month - 1) return undefined;
  // Not a day's length later: some days have 23 hours.
  return { from, to: new Date(new Date(year, month - 1, date + 1).getTime() - 1) };
}

async function* pagesOf(read: ReadPage, filter: HistoryFilter): AsyncGenerator<HistoryPage> {
  let before: number | undefined;
  do {
    const page = await read({ ...filter, ...(before === undefined ? {} : { before }), limit: PAGE_LENGTH });
    yield page;
    before = page.next;
  } while (before !== undefined);
}

function csvLine(entry: HistoryEntry): string {
  return `${COLUMNS.map((name) => csvField(entry[name])).join(',')}\r\n`;
}

/** Spreadsheets compute what begins like a formula; an apostrophe before it makes it text. */
function csvField(value: string | number | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
