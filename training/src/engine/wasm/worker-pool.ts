import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';
import { CONTROL, CONTROL_OFFSET, type MemoryMap } from './control.js';
import type { PlacedProgram } from './plan/placement.js';

/** The input of a worker thread. */
export interface WorkerTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly map: MemoryMap;
  readonly programs: readonly PlacedProgram[];
  /** Where the number of pictures in each shard is, in the common space. */
  readonly counts: number;
  readonly worker: number;
  readonly workers: number;
}

/** The worker threads of one engine. It starts their runs. */
export class WorkerPool {
  readonly #tasks: readonly WorkerTask[];
  readonly #control: Int32Array;
  #threads: readonly Worker[] = [];
  #failure: InkError | undefined;
  #pending: { readonly done: () => void; readonly failed: (error: InkError) => void } | undefined;

  constructor(tasks: readonly WorkerTask[]) {
    this.#tasks = tasks;
    const [{ memory, programs }] = tasks;
    this.#control = new Int32Array(memory.buffer, CONTROL_OFFSET, CONTROL.first + programs.length);
  }

  async start(): Promise<void> {
    this.#threads = this.#tasks.map((task) => {
      const thread = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
      thread.on('error', (cause) => this.#fail(cause));
      thread.on('message', (message) => {
        if (message === 'done') this.#finish();
      });
      return thread;
    });
    try {
      await Promise.all(this.#threads.map((thread) => once(thread, 'message')));
    } catch (cause) {
      await this.stop();
      throw new InkError('INK_ENGINE_FAILED', 'A worker thread could not start.', { cause });
    }
  }

  /** Ends the threads, in the middle of a run if need be. */
  async stop(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((thread) => thread.terminate()));
    this.#pending?.failed(new InkError('INK_ENGINE_FAILED', 'The engine was stopped in the middle of a run.'));
    this.#pending = undefined;
  }

  /** @throws InkError INK_ENGINE_FAILED if a worker failed, the pool is not started, or a run is active */
  assertIdle(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#threads.length === 0) throw new InkError('INK_ENGINE_FAILED', 'The engine is not started.');
    if (this.#pending !== undefined) {
      throw new InkError('INK_ENGINE_FAILED', 'The engine was called again before it was done.');
    }
  }

  /**
   * Runs programs, by their numbers, one after the other.
   *
   * @throws InkError INK_ENGINE_FAILED as `assertIdle`, or where a worker fails
   */
  async run(programs: readonly number[]): Promise<void> {
    this.assertIdle();
    return new Promise((done, failed) => {
      this.#pending = { done, failed };
      programs.forEach((program, index) => {
        Atomics.store(this.#control, CONTROL.first + index, program);
      });
      Atomics.store(this.#control, CONTROL.programs, programs.length);
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
