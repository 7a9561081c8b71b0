import type { MemoryMap } from './control.js';
import type { PlacedProgram } from './plan/placement.js';

/** The input of one worker. It can be passed to another thread. */
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
