import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'libsql';

/**
 * Makes an empty database that is whole as soon as it has its name. SQLite would make an empty file and write it later:
 * what a power cut or a full disk leaves of that is taken for a database that was emptied.
 *
 * @throws what SQLite or the file system says; there is no file then
 */
export function makeDatabase(file: string): void {
  const beside = `${file}.new`;
  rmSync(beside, { force: true });
  // Of an earlier database: SQLite would write it into the new one.
  for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
  try {
    writeEmpty(beside);
    const handle = openSync(beside, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function writeEmpty(file: string): void {
  const memory = new Database(':memory:');
  try {
    // Without a statement that writes, there is no page that could be copied.
    memory.exec('PRAGMA user_version = 0');
    memory.prepare('VACUUM INTO ?').run(file);
  } finally {
    memory.close();
  }
}
