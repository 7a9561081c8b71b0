import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { InkError, reasonOf } from '@inkcast/shared/errors';
import { setDatabaseAside } from '../storage/index.js';
import type { CallName, Input, Output } from './operations.js';
import type { Answered, Asked, Failure } from './protocol.js';

/** The file of crops and labels in the storage folder. */
export const teachingFile = (folder: string): string => join(folder, 'teach.db');

/** Longer than any healthy disk needs; a failing SD card may block for minutes. */
const PATIENCE_MS = 15_000;

interface Thread {
  readonly worker: Worker;
  /** Resolves when the thread takes calls, or with the reason why it never will. */
  readonly ready: Promise<string | undefined>;
}

/**
 * Crops and labels on the disk, behind a thread of their own. A call is done when it is on the disk; whoever is
 * answered can rely on it. Its thread starts with the first call, so that a device that is taught nothing has none.
 */
export class TeachingDatabase {
  readonly #file: string;
  readonly #report: (error: InkError) => void;
  #thread: Thread | undefined;
  #lastId = 0;
  #fault: InkError | undefined;

  /** @param report told once of a fault when it begins */
  constructor(file: string, report: (error: InkError) => void) {
    this.#file = file;
    this.#report = report;
  }

  /** Whether anything was ever stored. */
  get exists(): boolean {
    return existsSync(this.#file);
  }

  /** Why the last call failed; undefined where it did not, or where its caller was to blame. */
  get fault(): InkError | undefined {
    return this.#fault;
  }

  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.worker.terminate();
  }

  /** @throws InkError what the operation throws; INK_STORAGE_UNAVAILABLE, INK_STORAGE_NEWER, INK_STORAGE_DAMAGED */
  async call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> {
    this.#thread ??= this.#start();
    const { worker, ready } = this.#thread;
    // Loading takes as long as the processor is busy, which says nothing of the disk.
    const broken = await ready;
    if (broken !== undefined) throw await this.#failed(worker, failureOf(broken));
    const answer = await this.#ask(worker, { id: ++this.#lastId, name, input });
    if (answer.kind === 'done') {
      this.#fault = undefined;
      return answer.output;
    }
    if (answer.code !== undefined && answer.code !== 'INK_STORAGE_NEWER') {
      throw new InkError(answer.code, answer.message);
    }
    throw await this.#failed(worker, answer);
  }

  #start(): Thread {
    const worker = new Worker(new URL('./database-worker.js', import.meta.url), { workerData: this.#file });
    // Each call listens for itself, so that there are as many listeners as calls.
    worker.setMaxListeners(0);
    const ready = new Promise<string | undefined>((resolve) => {
      // Without a listener for errors, one would end the daemon.
      worker.once('message', () => resolve(undefined)).on('error', (error) => resolve(reasonOf(error)));
      worker.on('exit', () => {
        if (this.#thread?.worker === worker) this.#thread = undefined;
        resolve('it was closed');
      });
    });
    return { worker, ready };
  }

  #ask<K extends CallName>(worker: Worker, asked: Asked<K>): Promise<Answered<K>> {
    return new Promise((resolve) => {
      const fail = (message: string) => end({ id: asked.id, ...failureOf(message) });
      const answered = (answer: Answered<K>) => {
        if (answer.id === asked.id) end(answer);
      };
      const broken = (error: unknown) => fail(reasonOf(error));
      const ended = () => fail('it was closed');
      const deadline = setTimeout(() => fail(`the disk did not answer in ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
      const end = (answer: Answered<K>) => {
        clearTimeout(deadline);
        worker.off('message', answered).off('error', broken).off('exit', ended);
        resolve(answer);
      };
      worker.on('message', answered).on('error', broken).on('exit', ended);
      worker.postMessage(asked);
    });
  }

  /** Ends the thread after a fault, since only the next one may find the disk or the files well again. */
  async #failed(worker: Worker, { message, code, isDamage }: Failure): Promise<InkError> {
    if (this.#thread?.worker === worker) this.#thread = undefined;
    await worker.terminate();
    const error = this.#errorOf(message, code, isDamage);
    if (this.#fault?.code !== error.code) this.#report(error);
    this.#fault = error;
    return error;
  }

  #errorOf(message: string, code: Failure['code'], isDamage: boolean): InkError {
    if (code !== undefined) return new InkError(code, message);
    if (isDamage) {
      try {
        const aside = setDatabaseAside(this.#file, 'damaged-teaching');
        const happened = `The labels in ${this.#file} were damaged (${message}); they are kept as ${aside}.`;
        return new InkError('INK_STORAGE_DAMAGED', happened);
      } catch (cause) {
        const happened = `The damaged ${this.#file} cannot be renamed: ${reasonOf(cause)}.`;
        return new InkError('INK_STORAGE_UNAVAILABLE', happened, { cause });
      }
    }
    return new InkError('INK_STORAGE_UNAVAILABLE', `The labels in ${this.#file} cannot be used: ${message}.`);
  }
}

const failureOf = (message: string): Failure => ({ kind: 'failure', message, code: undefined, isDamage: false });
