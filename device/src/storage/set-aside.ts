import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_PARTS, databaseFile } from './database.js';

/** More names for the same millisecond are not needed, even if the clock is set back. */
const MAX_NAMES = 99;

/**
 * Renames a damaged database, which no thread may have open. The new name contains the time, and is unique even if the
 * clock was set back.
 *
 * @returns the new path
 */
export function setDatabaseAside(folder: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const names = ['', ...Array.from({ length: MAX_NAMES }, (_, index) => `-${index + 2}`)];
  const aside = names.map((suffix) => join(folder, `damaged-${stamp}${suffix}.db`)).find((name) => !existsSync(name));
  if (aside === undefined) throw new Error(`${folder} holds too many damaged databases`);
  for (const part of DATABASE_PARTS) {
    if (existsSync(databaseFile(folder) + part)) renameSync(databaseFile(folder) + part, aside + part);
  }
  return aside;
}
