import type Database from 'libsql';
import * as z from 'zod/mini';
import type { HistoryQuery, HistoryRetention } from './history.js';

const DAY_MS = 86_400_000;

const idRows = z.array(z.object({ id: z.string() }));

/** The newest entries that match as rows for `historyPageOf`, and one more where there are more. */
export function historyRows(database: Database.Database, query: HistoryQuery): unknown[] {
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
  return database
    .prepare(
      `SELECT position, id, event_type, text, confidence, model, captured_at, ${regionColumn} AS region FROM history
       ${where} ORDER BY position DESC LIMIT ?`,
    )
    .all(...set.map(([, value]) => value), limit + 1);
}

/** Which of these events are in the history. */
export function knownIds(database: Database.Database, ids: readonly string[]): string[] {
  const rows = database
    .prepare('SELECT id FROM history WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(ids));
  return idRows.parse(rows).map(({ id }) => id);
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
