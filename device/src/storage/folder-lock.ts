import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import Database from 'libsql';

/**
 * Keeps a storage folder for one store: two would each send what the other has stored. It is SQLite's lock on an empty
 * file, which ends with the process however that ends, so that none is ever left behind (docs/decisions/037).
 */
export class FolderLock {
  readonly #folder: string;
  #held: Database.Database | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Takes the lock unless it is held already. Where the disk refuses even that, there is nothing to share, and opening
   * the database says what is wrong.
   *
   * @throws InkError INK_STORAGE_TAKEN
   */
  take(): void {
    if (this.#held !== undefined) return;
    let file: Database.Database | undefined;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o750 });
      file = new Database(join(this.#folder, 'inkcast.lock'));
      file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
      this.#held = file;
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
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
