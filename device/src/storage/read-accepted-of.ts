import { existsSync } from 'node:fs';
import type { AcceptedValue } from '@inkcast/reader/reading';
import { acceptedFromText, acceptedRow } from './accepted-value.js';
import { databaseFile } from './database.js';
import { withDatabaseOf } from './read-history-of.js';

/**
 * The last accepted reading in a storage folder, for other processes, whether its daemon runs or not. Undefined if
 * there is none, or no database yet.
 *
 * @param region undefined for a device without named regions
 * @throws InkError INK_HISTORY_UNREADABLE
 */
export function readAcceptedOf(folder: string, region?: string): AcceptedValue | undefined {
  if (!existsSync(databaseFile(folder))) return undefined;
  return withDatabaseOf(folder, (database) => {
    const hasState = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'state'").get() !== undefined;
    if (!hasState) return undefined;
    const row: unknown = database.prepare('SELECT value FROM state WHERE name = ?').get(acceptedRow(region ?? ''));
    if (typeof row !== 'object' || row === null || !('value' in row)) return undefined;
    return acceptedFromText(String(row.value));
  });
}
