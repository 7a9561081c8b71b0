import { eventSchema } from '@inkcast/shared/messages';
import type Database from 'libsql';
import { z } from 'zod';

/** One change of the reading, as it is kept after the broker has it: without boxes. */
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

export interface HistoryQuery {
  /** Only what was seen at this time or later. */
  readonly since?: Date;
  /** Entries at most; the newest are kept. */
  readonly limit: number;
}

/** How long readings are kept: whichever bound is reached first. */
export interface HistoryRetention {
  /** Of running time. */
  readonly maxAgeDays: number;
  readonly maxRows: number;
}

const DAY_MS = 86_400_000;

const rowSchema = z
  .object({
    id: z.string(),
    event_type: z.string(),
    text: z.string(),
    confidence: z.number().nullable(),
    model: z.string(),
    captured_at: z.number(),
    region: z.string().nullable(),
  })
  .transform(({ captured_at, region, ...row }) => ({
    ...row,
    ...(region === null ? {} : { region }),
    capturedAt: new Date(captured_at).toISOString(),
  }))
  .pipe(historyEntrySchema);

/** The newest entries that match, in the order in which they happened. */
export function readHistory(database: Database.Database, { since, limit }: HistoryQuery): HistoryEntry[] {
  const region = hasRegions(database) ? 'region' : 'NULL AS region';
  const rows = database
    .prepare(
      `SELECT id, event_type, text, confidence, model, captured_at, ${region} FROM history
       WHERE captured_at >= ? ORDER BY position DESC LIMIT ?`,
    )
    .all(since?.getTime() ?? Number.MIN_SAFE_INTEGER, limit);
  return rows.map((row) => rowSchema.parse(row)).reverse();
}

/** Whether a database has the form in which history knows regions: one that only is looked at is not brought to it. */
function hasRegions(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM pragma_table_info('history') WHERE name = 'region'").get() !== undefined;
}

/**
 * Deletes what is older or more than `retention` keeps, but never the newest entry: its id and position are those that
 * the next ones must lie above.
 *
 * @param ranMs the running time that ages are counted by, in milliseconds
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
