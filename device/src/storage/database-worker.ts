import { parentPort, workerData } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import type Database from 'libsql';
import { databaseFile, isDamage, openDatabase } from './database.js';
import { DatabaseFile } from './database-file.js';
import { historyRows, knownIds, pruneHistory } from './history-table.js';
import type { Answer, Request, Result, Work } from './protocol.js';
import { BatchWriter, readContents } from './queue-tables.js';
import { copyAway, writeLog } from './rescue.js';
import { storageReason } from './storage-reason.js';

/** Holds the only connection that writes, so that the main thread never waits for the disk. */
class DatabaseWorker {
  readonly #folder: string;
  readonly #file: DatabaseFile;
  #open: { readonly database: Database.Database; readonly writer: BatchWriter } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = new DatabaseFile(databaseFile(folder));
  }

  /** Does the work, unless the files are no longer the open ones, because everything written to them would be lost. */
  do(work: Work): Result {
    try {
      const result = this.#try(work);
      const fault = work.kind === 'check' ? this.#file.fault() : undefined;
      if (fault === undefined && !this.#isLost(work)) return result;
      return { kind: 'failure', message: MESSAGES[fault ?? 'lost'], problem: fault ?? 'lost' };
    } catch (error) {
      const message = storageReason(error);
      return { kind: 'failure', message, problem: this.#isLost(work) ? 'lost' : problemOf(error) };
    }
  }

  #try(work: Work): Result {
    if (work.kind === 'open') {
      const database = openDatabase(this.#folder);
      this.#open = { database, writer: new BatchWriter(database) };
      this.#file.remember();
      return { kind: 'open', contents: readContents(database) };
    }
    if (this.#open === undefined) throw new InkError('INK_INTERNAL', 'The database is not open.');
    const { database, writer } = this.#open;
    switch (work.kind) {
      case 'commit':
        writer.write(work.batch);
        break;
      case 'history':
        return { kind: 'history', rows: historyRows(database, work.query) };
      case 'known':
        return { kind: 'known', ids: knownIds(database, work.ids) };
      case 'prune':
        pruneHistory(database, work.retention, work.ranMs);
        break;
      case 'rescue':
        if (this.#file.hasOnlyLostItsLog) writeLog(database);
        else copyAway(database, this.#folder);
        break;
      case 'check':
    }
    return { kind: 'done' };
  }

  /** A rescue is meant for lost files, so it is always done. */
  #isLost({ kind }: Work): boolean {
    return kind !== 'rescue' && this.#open !== undefined && this.#file.isLost();
  }
}

const MESSAGES = { lost: 'its files were deleted or replaced', damage: 'it was cut short' };

function problemOf(error: unknown): Extract<Result, { kind: 'failure' }>['problem'] {
  if (isDamage(error)) return 'damage';
  return error instanceof InkError && error.code === 'INK_STORAGE_NEWER' ? 'newer' : 'disk';
}

const folder: string = workerData;
const worker = new DatabaseWorker(folder);
parentPort?.on('message', ({ id, work }: Request) => {
  parentPort?.postMessage({ id, result: worker.do(work) } satisfies Answer);
});
