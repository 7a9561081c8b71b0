import { InkError } from '@inkcast/shared/errors';
import { askFor, CONTROL } from './control.js';
import type { EngineThread, StartThread, ThreadMessage } from './engine-host.js';
import type { Pool } from './pool.js';
import { controlOf } from './worker-part.js';
import type { WorkerTask } from './worker-task.js';

/** The worker threads of one engine. It starts their runs. */
export class WorkerPool implements Pool {
  readonly #tasks: readonly WorkerTask[];
  readonly #startThread: StartThread;
  readonly #control: Int32Array;
  #threads: readonly EngineThread[] = [];
  #failure: InkError | undefined;
  #pending: { readonly done: () => void; readonly failed: (error: InkError) => void } | undefined;

  constructor(tasks: readonly WorkerTask[], startThread: StartThread) {
    this.#tasks = tasks;
    this.#startThread = startThread;
    this.#control = controlOf(tasks[0]);
  }

  async start(): Promise<void> {
    const ready: Promise<void>[] = [];
    this.#threads = this.#tasks.map((task) => {
      const { promise, resolve, reject } = settled();
      ready.push(promise);
      return this.#startThread(task, {
        told: (message: ThreadMessage) => {
          if (message === 'ready') resolve();
          else this.#finish();
        },
        failed: (cause) => {
          reject(cause);
          this.#fail(cause);
        },
      });
    });
    try {
      await Promise.all(ready);
    } catch (cause) {
      await this.stop();
      throw new InkError('INK_ENGINE_FAILED', 'A worker thread could not start.', { cause });
    }
  }

  async stop(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((thread) => thread.stop()));
    this.#pending?.failed(new InkError('INK_ENGINE_FAILED', 'The engine was stopped in the middle of a run.'));
    this.#pending = undefined;
  }

  assertIdle(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#threads.length === 0) throw new InkError('INK_ENGINE_FAILED', 'The engine is not started.');
    if (this.#pending !== undefined) {
      throw new InkError('INK_ENGINE_FAILED', 'The engine was called again before it was done.');
    }
  }

  async run(programs: readonly number[]): Promise<void> {
    this.assertIdle();
    return new Promise((done, failed) => {
      this.#pending = { done, failed };
      askFor(this.#control, programs);
      Atomics.add(this.#control, CONTROL.run, 1);
      Atomics.notify(this.#control, CONTROL.run);
    });
  }

  #finish(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.done();
  }

  #fail(cause: unknown): void {
    this.#failure ??= new InkError('INK_ENGINE_FAILED', `A worker thread failed: ${cause}.`, { cause });
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.failed(this.#failure);
  }
}

/** A promise with what settles it. */
function settled() {
  let resolve = (): void => {};
  let reject = (_cause: unknown): void => {};
  const promise = new Promise<void>((onDone, onFailed) => {
    resolve = onDone;
    reject = onFailed;
  });
  return { promise, resolve, reject };
}
