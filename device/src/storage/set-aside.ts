import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_PARTS, databaseFile } from './database.js';

/** Nobody has as many clocks that are set back to the same millisecond. */
const MAX_NAMES = 99;

/**
 * Renames a damaged database, which no thread may have open. The new name tells when this was, and is given only once,
 * though the clock may have been set back.
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
