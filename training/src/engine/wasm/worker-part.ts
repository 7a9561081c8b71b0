import { type BoundPhase, bindPrograms } from './bound-program.js';
import { Barrier, CONTROL, CONTROL_OFFSET } from './control.js';
import { SHARDS } from './shards.js';
import type { WorkerTask } from './worker-task.js';

/** The words of the engine's memory that synchronize it with its workers. */
export const controlOf = ({ memory, programs }: Pick<WorkerTask, 'memory' | 'programs'>): Int32Array =>
  new Int32Array(memory.buffer, CONTROL_OFFSET, CONTROL.first + programs.length);

/** One worker's part of every program. */
export class WorkerPart {
  readonly #control: Int32Array;
  readonly #images: Int32Array;
  readonly #barrier: Barrier;
  readonly #bound: readonly (readonly BoundPhase[])[];

  constructor(task: WorkerTask) {
    const { module, memory, map, programs, counts, worker, workers } = task;
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    this.#control = controlOf(task);
    this.#images = new Int32Array(memory.buffer, map.common + counts, SHARDS);
    this.#barrier = new Barrier(this.#control, workers);
    this.#bound = bindPrograms(programs, instance, map, worker);
  }

  /** Runs the programs that the control words ask for. It waits for the other workers after each phase. */
  run(): void {
    const asked = Atomics.load(this.#control, CONTROL.programs);
    for (let index = 0; index < asked; index++) {
      for (const phase of this.#bound[Atomics.load(this.#control, CONTROL.first + index)]) {
        this.#runPhase(phase);
        this.#barrier.wait();
      }
    }
  }

  #runPhase({ kind, lists }: BoundPhase): void {
    for (let index = this.#barrier.take(); index < lists.length; index = this.#barrier.take()) {
      const count = kind === 'shards' ? this.#images[index] : 0;
      for (const { kernel, args } of lists[index]) kernel(count, ...args);
    }
  }
}
