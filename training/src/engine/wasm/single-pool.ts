import { InkError } from '@inkcast/shared/errors';
import { askFor } from './control.js';
import type { Pool } from './pool.js';
import { controlOf, WorkerPart } from './worker-part.js';
import type { WorkerTask } from './worker-task.js';

/** One worker in the thread of its caller, which a run blocks. */
export class SinglePool implements Pool {
  readonly #task: WorkerTask;
  readonly #control: Int32Array;
  #part: WorkerPart | undefined;

  /** @param task of the only worker */
  constructor(task: WorkerTask) {
    this.#task = task;
    this.#control = controlOf(task);
  }

  async start(): Promise<void> {
    this.#part = new WorkerPart(this.#task);
  }

  async stop(): Promise<void> {
    this.#part = undefined;
  }

  assertIdle(): void {
    this.#started();
  }

  async run(programs: readonly number[]): Promise<void> {
    const part = this.#started();
    askFor(this.#control, programs);
    part.run();
  }

  #started(): WorkerPart {
    if (this.#part === undefined) throw new InkError('INK_ENGINE_FAILED', 'The engine is not started.');
    return this.#part;
  }
}
