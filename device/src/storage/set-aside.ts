import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DATABASE_PARTS } from './database.js';

/** More names for the same millisecond are not needed, even if the clock is set back. */
const MAX_NAMES = 99;

/**
 * Renames a damaged database, which no thread may have open. The new name contains the time, and is unique even if the
 * clock was set back.
 *
 * @param prefix of the new name
 * @returns the new path
 */
export function setDatabaseAside(file: string, prefix = 'damaged'): string {
  const folder = dirname(file);
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const names = ['', ...Array.from({ length: MAX_NAMES }, (_, index) => `-${index + 2}`)];
  const aside = names.map((suffix) => join(folder, `${prefix}-${stamp}${suffix}.db`)).find((name) => !existsSync(name));
  if (aside === undefined) throw new Error(`${folder} holds too many damaged databases`);
  for (const part of DATABASE_PARTS) {
    if (existsSync(file + part)) renameSync(file + part, aside + part);
  }
  return aside;
}
