import { existsSync, renameSync, rmSync } from 'node:fs';
import { makeFolder } from '@inkcast/shared/files';
import type Database from 'libsql';
import * as z from 'zod/mini';
import { DATABASE_PARTS, databaseFile } from './database.js';

const checkpointSchema = z.object({ busy: z.int() });

const copyOf = (folder: string): string => `${databaseFile(folder)}.rescued`;

/**
 * Copies a database whose files were deleted; the connection can read them until it ends. `adoptCopy` moves the copy
 * into place.
 *
 * @throws what SQLite or the file system reports; also if another database has taken its place
 */
export function copyAway(database: Database.Database, folder: string): void {
  if (existsSync(databaseFile(folder))) throw new Error('another database stands in its place');
  makeFolder(folder, 0o750);
  rmSync(copyOf(folder), { force: true });
  database.exec(`VACUUM INTO '${copyOf(folder).replaceAll("'", "''")}'`);
}

/** Writes the log into its database, if only the log was deleted. @throws what SQLite reports */
export function writeLog(database: Database.Database): void {
  const { busy } = checkpointSchema.parse(database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
  if (busy !== 0) throw new Error('another process reads the database');
}

/** Moves a copy made by `copyAway` to the place of the missing database, which no thread may have open. */
export function adoptCopy(folder: string): void {
  if (!existsSync(copyOf(folder)) || existsSync(databaseFile(folder))) return;
  // A leftover log would be read into the copy.
  for (const part of DATABASE_PARTS) rmSync(databaseFile(folder) + part, { force: true });
  renameSync(copyOf(folder), databaseFile(folder));
}
