import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { makeFolder } from '@inkcast/shared/files';
import Database from 'libsql';
import * as z from 'zod/mini';
import { makeDatabase } from './make-database.js';
import { MIGRATIONS } from './migrations.js';

/** The database's file in the storage folder. */
export function databaseFile(folder: string): string {
  return join(folder, 'inkcast.db');
}

/** The files of a database: the database itself, SQLite's write-ahead log, and the index of the log. */
export const DATABASE_PARTS = ['', '-wal', '-shm'];

/** After 1 MiB, the write-ahead log is written into the database, so that it needs little space on a full disk. */
const CHECKPOINT_PAGES = 256;

/** Opens the database of a storage folder as `openDatabaseFile` does. */
export function openDatabase(folder: string): Database.Database {
  return openDatabaseFile(databaseFile(folder), MIGRATIONS);
}

/**
 * Opens a database, makes what is missing, checks it whole and brings it to the newest form.
 *
 * Closing a connection does not end it while a statement of it is still to be collected, and when it does end, SQLite
 * deletes the log by its name. So only a thread that ends with its connection may call this, and the files may be
 * renamed only after that (docs/decisions/035).
 *
 * @param migrations the steps of its format: the first makes version 1 from an empty file
 * @throws InkError INK_STORAGE_NEWER for one that a newer Inkcast has written; otherwise what SQLite or the file system
 *   say: see `isDamage`
 */
export function openDatabaseFile(file: string, migrations: readonly string[]): Database.Database {
  makeFolder(dirname(file), 0o750);
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  // SQLite would take an empty file for a new database, and delete its log.
  if (size === 0) throw damage('it has 0 bytes');
  if (size === undefined) makeDatabase(file);
  const database = new Database(file);
  database.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    PRAGMA journal_size_limit = ${4 * CHECKPOINT_PAGES * 4096};
  `);
  check(database);
  migrate(database, file, migrations);
  return database;
}

/** Whether an error means that the database is damaged, rather than that the disk fails. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'SQLITE_CORRUPT' || error.code === 'SQLITE_NOTADB';
}

/** Runs `work` in one transaction, which is on the disk afterwards as far as `synchronous` guarantees. */
export function inTransaction<T>(database: Database.Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // After some errors, such as a full disk, SQLite has already rolled back.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

const checkSchema = z.object({ quick_check: z.string() });
const versionSchema = z.object({ user_version: z.int() });

function check(database: Database.Database): void {
  const { quick_check: verdict } = checkSchema.parse(database.prepare('PRAGMA quick_check(1)').get());
  if (verdict !== 'ok') throw damage(verdict);
}

function damage(what: string): Error {
  return Object.assign(new Error(what), { code: 'SQLITE_CORRUPT' });
}

function migrate(database: Database.Database, file: string, migrations: readonly string[]): void {
  const { user_version: found } = versionSchema.parse(database.prepare('PRAGMA user_version').get());
  if (found > migrations.length) {
    const known = `this Inkcast knows those up to ${migrations.length}`;
    throw new InkError('INK_STORAGE_NEWER', `${file} has form ${found}; ${known}.`);
  }
  migrations.slice(found).forEach((step, index) => {
    inTransaction(database, () => database.exec(`${step}\nPRAGMA user_version = ${found + index + 1};`));
  });
}
