import { existsSync, statSync } from 'node:fs';
import { InkError } from '@inkcast/shared/errors';
import Database from 'libsql';
import { databaseFile } from './database.js';
import { type HistoryEntry, type HistoryQuery, historyPageOf } from './history.js';
import { historyRows } from './history-table.js';
import { storageReason } from './storage-reason.js';

/**
 * The newest entries in a storage folder, in their order, for other processes, whether its daemon runs or not.
 *
 * @throws InkError INK_HISTORY_MISSING, INK_HISTORY_UNREADABLE
 */
export function readHistoryOf(folder: string, query: HistoryQuery): readonly HistoryEntry[] {
  if (!existsSync(databaseFile(folder))) {
    throw new InkError('INK_HISTORY_MISSING', `There is no history in ${folder}.`);
  }
  return withDatabaseOf(folder, (database) =>
    historyPageOf(historyRows(database, query), query.limit).entries.toReversed(),
  );
}

/** Opens a daemon's database while `work` runs, which must only read. @throws InkError INK_HISTORY_UNREADABLE */
export function withDatabaseOf<T>(folder: string, work: (database: Database.Database) => T): T {
  const file = databaseFile(folder);
  try {
    if (statSync(file).size === 0) throw new Error('it was emptied and has 0 bytes');
    const database = new Database(file);
    try {
      database.exec('PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;');
      return work(database);
    } finally {
      database.close();
    }
  } catch (cause) {
    const reason = storageReason(cause);
    throw new InkError('INK_HISTORY_UNREADABLE', `The history in ${file} cannot be read: ${reason}.`, { cause });
  }
}
