import { Worker } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import type { HistoryEntry, HistoryQuery, HistoryRetention } from './history.js';
import type { Answer, Batch, Contents, Failure, Request, Result, Work } from './protocol.js';
import { setDatabaseAside } from './set-aside.js';

/** Longer than any healthy disk takes; an SD card that is about to die may block for minutes. */
const PATIENCE_MS = 15_000;

export interface Opened extends Contents {
  /** Where a damaged database was put that lay in this one's place. */
  readonly setAside?: string;
}

interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: NodeJS.Timeout;
}

/**
 * The main thread's end of the thread that holds the database. The first failure of any write is final: what was
 * written then is unclear, so the caller stops this thread and starts another.
 */
export class DatabaseThread {
  readonly #folder: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  /** Not told yet: no database has been opened since. */
  #aside: string | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Opens the database, in place of a damaged one a new one.
   *
   * @param damaged whether it is known to be, whatever the check on opening says
   * @throws InkError INK_STORAGE_UNAVAILABLE, INK_STORAGE_NEWER
   */
  async start(damaged = false): Promise<Opened> {
    try {
      if (damaged) this.#setAside();
      return this.#opened(await this.#open());
    } catch (error) {
      await this.stop();
      if (!(error instanceof DamageError)) throw error;
    }
    try {
      this.#setAside();
      return this.#opened(await this.#open());
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Closes the database: with the thread ends its connection. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#failAll(new InkError('INK_STORAGE_UNAVAILABLE', 'The database was closed.'));
    await worker?.terminate();
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE, DamageError */
  async commit(batch: Batch): Promise<void> {
    await this.#ask({ kind: 'commit', batch });
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE, DamageError */
  async history(query: HistoryQuery): Promise<readonly HistoryEntry[]> {
    const result = await this.#ask({ kind: 'history', query });
    return result.kind === 'history' ? result.entries : [];
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE, DamageError */
  async pruneHistory(retention: HistoryRetention): Promise<void> {
    await this.#ask({ kind: 'prune', retention, now: Date.now() });
  }

  async #open(): Promise<Contents> {
    const worker = new Worker(new URL('./database-worker.js', import.meta.url), {
      workerData: this.#folder,
      // None of the main thread's loaders: it is plain JavaScript.
      execArgv: [],
    });
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

  #errorOf({ message, damage, newer }: Failure): Error {
    if (damage) return new DamageError(message);
    if (newer) return new InkError('INK_STORAGE_NEWER', message);
    return new InkError('INK_STORAGE_UNAVAILABLE', `The database in ${this.#folder} cannot be written: ${message}.`);
  }

  #opened(contents: Contents): Opened {
    const setAside = this.#aside;
    this.#aside = undefined;
    return setAside === undefined ? contents : { ...contents, setAside };
  }

  #setAside(): void {
    try {
      this.#aside = setDatabaseAside(this.#folder);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const happened = `The damaged database in ${this.#folder} cannot be renamed: ${reason}.`;
      throw new InkError('INK_STORAGE_UNAVAILABLE', happened, { cause });
    }
  }
}

/** The database is damaged: start anew, which sets it aside. */
export class DamageError extends Error {
  override readonly name = 'DamageError';
}
