import { existsSync, renameSync, rmSync } from 'node:fs';
import { makeFolder } from '@inkcast/shared/files';
import type Database from 'libsql';
import { z } from 'zod';
import { DATABASE_PARTS, databaseFile } from './database.js';

const checkpointSchema = z.object({ busy: z.int() });

const copyOf = (folder: string): string => `${databaseFile(folder)}.rescued`;

/**
 * Copies a database whose files were deleted: the connection still has them, until it ends. The copy is set in place by
 * `adoptCopy`.
 *
 * @throws what SQLite or the file system say; also where another database stands in its place
 */
export function copyAway(database: Database.Database, folder: string): void {
  if (existsSync(databaseFile(folder))) throw new Error('another database stands in its place');
  makeFolder(folder, 0o750);
  rmSync(copyOf(folder), { force: true });
  database.exec(`VACUUM INTO '${copyOf(folder).replaceAll("'", "''")}'`);
}

/** Writes the log into its database, where the log alone was deleted. @throws what SQLite says */
export function writeLog(database: Database.Database): void {
  const { busy } = checkpointSchema.parse(database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
  if (busy !== 0) throw new Error('another process reads the database');
}

/** Sets a copy that `copyAway` has made in the place of a database that is missing. No thread may have that open. */
export function adoptCopy(folder: string): void {
  if (!existsSync(copyOf(folder)) || existsSync(databaseFile(folder))) return;
  // A log that was left behind would be read into the copy.
  for (const part of DATABASE_PARTS) rmSync(databaseFile(folder) + part, { force: true });
  renameSync(copyOf(folder), databaseFile(folder));
}
