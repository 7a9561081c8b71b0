import { parentPort, workerData } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import type Database from 'libsql';
import { DatabaseFile, inTransaction, isDamage, openDatabaseFile } from '../storage/index.js';
import { TEACHING_MIGRATIONS } from './migrations.js';
import { type CallName, type Input, OPERATIONS, type Output } from './operations.js';
import type { Answered, Asked, Failure } from './protocol.js';

/** Holds the connection to the teaching database, so that the main thread never waits for the disk. */
class TeachingWorker {
  readonly #path: string;
  readonly #file: DatabaseFile;
  #database: Database.Database | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#file = new DatabaseFile(path);
  }

  answer<K extends CallName>({ id, name, input }: Asked<K>): Answered<K> {
    try {
      const output = this.#run(name, input);
      // What was written to files that are gone would be lost with this process.
      if (!this.#file.isLost()) return { id, kind: 'done', output };
      return { id, kind: 'failure', message: 'its files were deleted or replaced', code: undefined, isDamage: false };
    } catch (error) {
      return { id, ...failureOf(error) };
    }
  }

  #run<K extends CallName>(name: K, input: Input<K>): Output<K> {
    const database = this.#open();
    return inTransaction(database, () => OPERATIONS[name](database, input));
  }

  #open(): Database.Database {
    if (this.#database !== undefined) return this.#database;
    const database = openDatabaseFile(this.#path, TEACHING_MIGRATIONS);
    // A label that was acknowledged outlives a power cut; a page that is deleted is overwritten.
    database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
    this.#database = database;
    this.#file.remember();
    return database;
  }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof InkError ? error.code : undefined;
  return { kind: 'failure', message, code, isDamage: isDamage(error) };
}

const path: string = workerData;
const worker = new TeachingWorker(path);
parentPort?.on('message', (asked: Asked<CallName>) => {
  parentPort?.postMessage(worker.answer(asked));
});
parentPort?.postMessage('ready');
