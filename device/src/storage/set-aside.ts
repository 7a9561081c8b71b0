import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile } from './database.js';

/** SQLite's write-ahead log and the index into it, which belong to the database. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Renames a damaged database, which no thread may have open. The new name tells when this was.
 *
 * @returns the new path
 */
export function setDatabaseAside(folder: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const aside = join(folder, `damaged-${stamp}.db`);
  for (const part of PARTS) {
    if (existsSync(databaseFile(folder) + part)) renameSync(databaseFile(folder) + part, aside + part);
  }
  return aside;
}
