import { SHARDS } from './shards.js';

/** Indices of the int32 values, from `CONTROL_OFFSET` on, that synchronize the engine and its workers. */
export const CONTROL = {
  /** Number of runs so far; workers wait on it between runs. */
  run: 0,
  /** Number of workers at the barrier. */
  arrived: 1,
  /** Number of barriers so far; workers wait on it at a barrier. */
  passed: 2,
  /** The next free shard or task of the phase. */
  next: 3,
  /** Programs in this run. */
  programs: 4,
  /** The programs' numbers, in order. */
  first: 5,
} as const;

/** Where the control words begin: below lie the tables of the kernels' exponential and logarithm. */
export const CONTROL_OFFSET = 4096;

/** Bytes kept for the control words: whole cache lines, apart from the data. */
const CONTROL_BYTES = 256;

// Some tenth of a millisecond, about as long as a short phase takes: sleeping and waking would cost more than looking
// again.
const SPINS = 20_000;

/** One worker's place at the barrier. */
export class Barrier {
  readonly #control: Int32Array;
  readonly #workers: number;

  constructor(control: Int32Array, workers: number) {
    this.#control = control;
    this.#workers = workers;
  }

  /** Returns when every worker has called it; the count of tasks then begins at 0 again. */
  wait(): void {
    const control = this.#control;
    const passed = Atomics.load(control, CONTROL.passed);
    if (Atomics.add(control, CONTROL.arrived, 1) === this.#workers - 1) {
      Atomics.store(control, CONTROL.arrived, 0);
      Atomics.store(control, CONTROL.next, 0);
      Atomics.add(control, CONTROL.passed, 1);
      Atomics.notify(control, CONTROL.passed);
      return;
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, CONTROL.passed) !== passed) return;
    while (Atomics.load(control, CONTROL.passed) === passed) Atomics.wait(control, CONTROL.passed, passed);
  }

  /** The next free shard or task of this phase. */
  take(): number {
    return Atomics.add(this.#control, CONTROL.next, 1);
  }
}

/** Writes into the control words which programs are to run, by their numbers. */
export function askFor(control: Int32Array, programs: readonly number[]): void {
  programs.forEach((program, index) => {
    Atomics.store(control, CONTROL.first + index, program);
  });
  Atomics.store(control, CONTROL.programs, programs.length);
}

/** Where the spaces of a plan lie in memory, in bytes. */
export interface MemoryMap {
  readonly common: number;
  readonly shards: number;
  readonly shardStep: number;
  readonly workers: number;
  readonly workerStep: number;
  readonly bytes: number;
}

/** Lays the spaces out one behind the other: control words, common, shards, workers. */
export function mapMemory(
  sizes: { readonly common: number; readonly shard: number; readonly worker: number },
  workers: number,
): MemoryMap {
  const common = CONTROL_OFFSET + CONTROL_BYTES;
  const shards = common + sizes.common;
  const first = shards + SHARDS * sizes.shard;
  // Kernels read, but do not use, up to one panel's width beyond the last value.
  const bytes = first + workers * sizes.worker + 64;
  return { common, shards, shardStep: sizes.shard, workers: first, workerStep: sizes.worker, bytes };
}
