import { parentPort, workerData } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import type Database from 'libsql';
import { isDamage, openDatabase } from './database.js';
import { pruneHistory, readHistory } from './history.js';
import type { Answer, Request, Result, Work } from './protocol.js';
import { BatchWriter, readContents } from './queue-tables.js';

/** Holds the one connection that writes, so that the main thread never waits for the disk. */
class DatabaseWorker {
  readonly #folder: string;
  #open: { readonly database: Database.Database; readonly writer: BatchWriter } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  do(work: Work): Result {
    if (work.kind === 'open') {
      const database = openDatabase(this.#folder);
      this.#open = { database, writer: new BatchWriter(database) };
      return { kind: 'open', contents: readContents(database) };
    }
    if (this.#open === undefined) throw new InkError('INK_INTERNAL', 'The database is not open.');
    const { database, writer } = this.#open;
    switch (work.kind) {
      case 'commit':
        writer.write(work.batch);
        return { kind: 'commit' };
      case 'history':
        return { kind: 'history', entries: readHistory(database, work.query) };
      case 'prune':
        pruneHistory(database, work.retention, work.now);
        return { kind: 'prune' };
    }
  }
}

function failure(error: unknown): Result {
  return {
    kind: 'failure',
    message: error instanceof Error ? error.message : String(error),
    damage: isDamage(error),
    newer: error instanceof InkError && error.code === 'INK_STORAGE_NEWER',
  };
}

const folder: string = workerData;
const worker = new DatabaseWorker(folder);
parentPort?.on('message', ({ id, work }: Request) => {
  let result: Result;
  try {
    result = worker.do(work);
  } catch (error) {
    result = failure(error);
  }
  parentPort?.postMessage({ id, result } satisfies Answer);
});
