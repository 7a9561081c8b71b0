import { statSync } from 'node:fs';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { makeFolder } from '@inkcast/shared/files';
import Database from 'libsql';

/**
 * Locks a storage folder for one store, because two stores would send each other's events. The lock is SQLite's lock on
 * an empty file. It ends with the process in any case, so it is never left behind (docs/decisions/037).
 */
export class FolderLock {
  readonly #folder: string;
  #held: Database.Database | undefined;
  /** The inode of the locked file. If the file is replaced, the lock keeps nobody out. */
  #inode: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Takes the lock unless it is held, and again if its file was deleted. If the disk refuses the lock, nothing can be
   * shared, and opening the database reports the cause.
   *
   * @throws InkError INK_STORAGE_TAKEN
   */
  take(): void {
    if (this.#held !== undefined && this.#inode === this.#inodeOnDisk()) return;
    this.release();
    let file: Database.Database | undefined;
    try {
      makeFolder(this.#folder, 0o750);
      file = new Database(this.#path);
      file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
      this.#held = file;
      this.#inode = this.#inodeOnDisk();
    } catch (error) {
      file?.close();
      if (!isBusy(error)) return;
      const happened = `Another daemon stores its events in ${this.#folder}.`;
      throw new InkError('INK_STORAGE_TAKEN', happened, { cause: error });
    }
  }

  release(): void {
    // Closing alone does not end a connection at once.
    this.#held?.exec('ROLLBACK');
    this.#held?.close();
    this.#held = undefined;
  }

  get #path(): string {
    return join(this.#folder, 'inkcast.lock');
  }

  #inodeOnDisk(): number | undefined {
    return statSync(this.#path, { throwIfNoEntry: false })?.ino;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
