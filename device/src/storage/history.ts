import { eventSchema } from '@inkcast/shared/messages';
import type Database from 'libsql';
import { z } from 'zod';

/** One change of the reading as it is kept in the history: without boxes. */
export const historyEntrySchema = eventSchema.pick({
  id: true,
  region: true,
  event_type: true,
  text: true,
  confidence: true,
  capturedAt: true,
  model: true,
});

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** Selects entries; an absent field selects all. */
export interface HistoryFilter {
  /** Only readings from this time on. */
  readonly from?: Date;
  /** Only readings up to this time. */
  readonly to?: Date;
  readonly kind?: HistoryEntry['event_type'];
  readonly region?: string;
}

export interface HistoryQuery extends HistoryFilter {
  /** Only entries before this position, the `next` of an earlier page. */
  readonly before?: number;
  /** Maximum number of entries; the newest are returned. */
  readonly limit: number;
}

export interface HistoryPage {
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
  /** The position for the next page; undefined on the last one. */
  readonly next: number | undefined;
}

/** How long readings are kept: until the first of the two limits is reached. */
export interface HistoryRetention {
  /** In days of running time. */
  readonly maxAgeDays: number;
  readonly maxRows: number;
}

const DAY_MS = 86_400_000;

const rowSchema = z
  .object({
    position: z.number(),
    id: z.string(),
    event_type: z.string(),
    text: z.string(),
    confidence: z.number().nullable(),
    model: z.string(),
    captured_at: z.number(),
    region: z.string().nullable(),
  })
  .transform(({ position, captured_at, region, ...row }) => ({
    position,
    entry: { ...row, ...(region === null ? {} : { region }), capturedAt: new Date(captured_at).toISOString() },
  }))
  .pipe(z.object({ position: z.number(), entry: historyEntrySchema }));

/** The newest entries that match, and the position of the next page. */
export function readHistory(database: Database.Database, query: HistoryQuery): HistoryPage {
  const { from, to, kind, region, before, limit } = query;
  const regionColumn = hasRegions(database) ? 'region' : 'NULL';
  const conditions: [string, string | number | undefined][] = [
    ['captured_at >= ?', from?.getTime()],
    ['captured_at <= ?', to?.getTime()],
    ['event_type = ?', kind],
    [`${regionColumn} = ?`, region],
    ['position < ?', before],
  ];
  const set = conditions.filter(([, value]) => value !== undefined);
  const where = set.length === 0 ? '' : `WHERE ${set.map(([condition]) => condition).join(' AND ')}`;
  const rows = database
    .prepare(
      `SELECT position, id, event_type, text, confidence, model, captured_at, ${regionColumn} AS region FROM history
       ${where} ORDER BY position DESC LIMIT ?`,
    )
    .all(...set.map(([, value]) => value), limit + 1)
    .map((row) => rowSchema.parse(row));
  const shown = rows.slice(0, limit);
  return { entries: shown.map(({ entry }) => entry), next: rows.length > limit ? shown.at(-1)?.position : undefined };
}

/** Which of these events are in the history. */
export function knownIds(database: Database.Database, ids: readonly string[]): string[] {
  const rows = database
    .prepare('SELECT id FROM history WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(ids));
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

/** Whether the history has regions. A database that is only read is not upgraded, so it may lack them. */
function hasRegions(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM pragma_table_info('history') WHERE name = 'region'").get() !== undefined;
}

/**
 * Deletes entries beyond the limits, but never the newest one, because later ids and positions must be above its own.
 *
 * @param ranMs the running time by which ages are measured, in milliseconds
 */
export function pruneHistory(
  database: Database.Database,
  { maxAgeDays, maxRows }: HistoryRetention,
  ranMs: number,
): void {
  database
    .prepare('DELETE FROM history WHERE put_at < ? AND position < (SELECT max(position) FROM history)')
    .run(ranMs - maxAgeDays * DAY_MS);
  database
    .prepare(
      'DELETE FROM history WHERE position <= (SELECT position FROM history ORDER BY position DESC LIMIT 1 OFFSET ?)',
    )
    .run(maxRows);
}
