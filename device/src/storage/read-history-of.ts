import { existsSync } from 'node:fs';
import { InkError } from '@inkcast/shared/errors';
import Database from 'libsql';
import { databaseFile } from './database.js';
import { type HistoryEntry, type HistoryQuery, readHistory } from './history.js';

/**
 * The history in a storage folder, for a process of its own: whether the daemon runs makes no difference.
 *
 * @throws InkError INK_HISTORY_MISSING, INK_HISTORY_UNREADABLE
 */
export function readHistoryOf(folder: string, query: HistoryQuery): readonly HistoryEntry[] {
  const file = databaseFile(folder);
  if (!existsSync(file)) throw new InkError('INK_HISTORY_MISSING', `There is no history in ${folder}.`);
  try {
    const database = new Database(file);
    try {
      database.exec('PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;');
      return readHistory(database, query);
    } finally {
      database.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InkError('INK_HISTORY_UNREADABLE', `The history in ${file} cannot be read: ${reason}.`, { cause });
  }
}
