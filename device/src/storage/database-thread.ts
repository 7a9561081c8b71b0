import { Worker } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import { databaseFile } from './database.js';
import { type HistoryPage, type HistoryQuery, type HistoryRetention, historyPageOf } from './history.js';
import type { Answer, Batch, Contents, Failure, Request, Result, Work } from './protocol.js';
import { adoptCopy } from './rescue.js';
import { setDatabaseAside } from './set-aside.js';
import { storageReason } from './storage-reason.js';

/** Longer than any healthy disk needs; a failing SD card may block for minutes. */
const PATIENCE_MS = 15_000;

export interface Opened extends Contents {
  /** The new path of a damaged database that was replaced by this one, and what was wrong with it. */
  readonly setAside?: { readonly file: string; readonly reason: string };
}

interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: NodeJS.Timeout;
}

/**
 * The main thread's side of the thread that holds the database. Any failed write is final: it is unclear what was
 * written, so the caller stops this thread and starts another one.
 */
export class DatabaseThread {
  readonly #folder: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  /** A thread that has loaded its code, for the next opening. */
  #prepared: Worker | undefined;
  #lastId = 0;
  /** A replaced database that was not reported yet, because no database has been opened since. */
  #aside: Opened['setAside'];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Has a thread load its code for the next `start`, beside the caller's work. It touches no file, and may be left alone. */
  prepare(): void {
    const worker = this.#load();
    worker.unref();
    this.#prepared = worker;
    // The next opening loads it again, and reports the cause.
    worker.once('error', () => {
      if (this.#prepared === worker) this.#prepared = undefined;
    });
  }

  /**
   * Opens the database, or a new one if it is damaged.
   *
   * @param damage a known fault, whatever the check on opening finds
   * @throws InkError INK_STORAGE_UNAVAILABLE, INK_STORAGE_NEWER
   */
  async start(damage?: DamageError): Promise<Opened> {
    let found: DamageError;
    try {
      if (damage !== undefined) this.#setAside(damage);
      return this.#opened(await this.#open());
    } catch (error) {
      await this.close();
      if (!(error instanceof DamageError)) throw error;
      found = error;
    }
    try {
      this.#setAside(found);
      return this.#opened(await this.#open());
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Closes the database, and ends a thread that was only prepared. */
  async stop(): Promise<void> {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    await Promise.all([prepared?.terminate(), this.close()]);
  }

  /** Closes the database; its connection ends with the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#failAll(new InkError('INK_STORAGE_UNAVAILABLE', 'The database was closed.'));
    await worker?.terminate();
  }

  /**
   * Copies a database whose files were deleted, so that the next start finds it.
   *
   * @returns whether this succeeded
   */
  async rescue(): Promise<boolean> {
    return this.#ask({ kind: 'rescue' }).then(
      () => true,
      () => false,
    );
  }

  /** Checks that the files are still the open ones. @throws InkError INK_STORAGE_UNAVAILABLE, DamageError, LostError */
  async check(): Promise<void> {
    await this.#ask({ kind: 'check' });
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE, DamageError, LostError */
  async commit(batch: Batch): Promise<void> {
    await this.#ask({ kind: 'commit', batch });
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE, DamageError, LostError */
  async history(query: HistoryQuery): Promise<HistoryPage> {
    const result = await this.#ask({ kind: 'history', query });
    if (result.kind !== 'history') return { entries: [], next: undefined };
    try {
      return historyPageOf(result.rows, query.limit);
    } catch (error) {
      throw this.#errorOf({ kind: 'failure', message: storageReason(error), problem: 'disk' });
    }
  }

  /** Which of these events are in the history. @throws InkError INK_STORAGE_UNAVAILABLE, DamageError, LostError */
  async known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const result = await this.#ask({ kind: 'known', ids });
    return new Set(result.kind === 'known' ? result.ids : []);
  }

  /** @param ranMs current running time @throws InkError INK_STORAGE_UNAVAILABLE, DamageError, LostError */
  async pruneHistory(retention: HistoryRetention, ranMs: number): Promise<void> {
    await this.#ask({ kind: 'prune', retention, ranMs });
  }

  async #open(): Promise<Contents> {
    this.#adopt();
    const worker = this.#prepared ?? this.#load();
    this.#prepared = undefined;
    worker.ref();
    this.#worker = worker;
    worker.on('message', ({ id, result }: Answer) => this.#answered(id, result));
    worker.on('error', (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#failAll(new InkError('INK_STORAGE_UNAVAILABLE', `The storage thread failed: ${reason}.`, { cause: error }));
    });
    const result = await this.#ask({ kind: 'open' });
    if (result.kind !== 'open')
      throw new InkError('INK_INTERNAL', `The storage thread answered ${result.kind} to open.`);
    return result.contents;
  }

  #load(): Worker {
    return new Worker(new URL('./database-worker.js', import.meta.url), { workerData: this.#folder });
  }

  #ask(work: Work): Promise<Result> {
    const worker = this.#worker;
    if (worker === undefined) {
      return Promise.reject(new InkError('INK_STORAGE_UNAVAILABLE', `The database in ${this.#folder} is not open.`));
    }
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.#waiting.delete(id);
        const seconds = PATIENCE_MS / 1000;
        reject(new InkError('INK_STORAGE_UNAVAILABLE', `The disk of ${this.#folder} did not answer in ${seconds} s.`));
      }, PATIENCE_MS);
      this.#waiting.set(id, { resolve, reject, deadline });
      worker.postMessage({ id, work } satisfies Request);
    });
  }

  #answered(id: number, result: Result): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.deadline);
    if (result.kind === 'failure') waiting.reject(this.#errorOf(result));
    else waiting.resolve(result);
  }

  #failAll(error: Error): void {
    for (const { reject, deadline } of this.#waiting.values()) {
      clearTimeout(deadline);
      reject(error);
    }
    this.#waiting.clear();
  }

  #errorOf({ message, problem }: Failure): Error {
    if (problem === 'damage') return new DamageError(message);
    if (problem === 'lost') return new LostError(message);
    if (problem === 'newer') return new InkError('INK_STORAGE_NEWER', message);
    return new InkError('INK_STORAGE_UNAVAILABLE', `The database in ${this.#folder} cannot be written: ${message}.`);
  }

  #opened(contents: Contents): Opened {
    const setAside = this.#aside;
    this.#aside = undefined;
    return setAside === undefined ? contents : { ...contents, setAside };
  }

  #adopt(): void {
    try {
      adoptCopy(this.#folder);
    } catch (cause) {
      const reason = storageReason(cause);
      const happened = `The copy of the database in ${this.#folder} cannot be set in its place: ${reason}.`;
      throw new InkError('INK_STORAGE_UNAVAILABLE', happened, { cause });
    }
  }

  #setAside({ message }: DamageError): void {
    try {
      this.#aside = { file: setDatabaseAside(databaseFile(this.#folder)), reason: message };
    } catch (cause) {
      const reason = storageReason(cause);
      const happened = `The damaged database in ${this.#folder} cannot be renamed: ${reason}.`;
      throw new InkError('INK_STORAGE_UNAVAILABLE', happened, { cause });
    }
  }
}

/** The files of the database are gone: it must be rescued and opened anew. */
export class LostError extends Error {
  override readonly name = 'LostError';
}

/** The database is damaged: it must be opened anew, which sets the damaged one aside. */
export class DamageError extends Error {
  override readonly name = 'DamageError';
}
