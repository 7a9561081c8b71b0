import { eventSchema } from '@inkcast/shared/messages';
import type Database from 'libsql';
import { z } from 'zod';

/** One change of the reading, as it is kept after the broker has it: without boxes. */
export const historyEntrySchema = eventSchema.pick({
  id: true,
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
  readonly days: number;
  readonly rows: number;
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
  })
  .transform(({ captured_at, ...row }) => ({ ...row, capturedAt: new Date(captured_at).toISOString() }))
  .pipe(historyEntrySchema);

/** The newest entries that match, in the order in which they happened. */
export function readHistory(database: Database.Database, { since, limit }: HistoryQuery): HistoryEntry[] {
  const rows = database
    .prepare(
      `SELECT id, event_type, text, confidence, model, captured_at FROM history
       WHERE captured_at >= ? ORDER BY position DESC LIMIT ?`,
    )
    .all(since?.getTime() ?? 0, limit);
  return rows.map((row) => rowSchema.parse(row)).reverse();
}

/** Deletes what is older or more than `retention` keeps. */
export function pruneHistory(database: Database.Database, { days, rows }: HistoryRetention, now: number): void {
  database.prepare('DELETE FROM history WHERE captured_at < ?').run(now - days * DAY_MS);
  database
    .prepare(
      'DELETE FROM history WHERE position <= (SELECT position FROM history ORDER BY position DESC LIMIT 1 OFFSET ?)',
    )
    .run(rows);
}
