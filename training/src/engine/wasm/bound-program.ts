import { InkError } from '@inkcast/shared/errors';
import type { MemoryMap } from './control.js';
import type { PlacedCall, PlacedProgram } from './plan/placement.js';
import { SHARDS } from './shards.js';

/** A kernel as WebAssembly exports it. */
type Kernel = (images: number, ...args: readonly number[]) => void;

/** A call with its addresses, for one worker and one shard. */
export interface BoundCall {
  readonly name: string;
  readonly kernel: Kernel;
  readonly args: readonly number[];
}

/** A phase for one worker: a list of calls for each shard or task. */
export interface BoundPhase {
  readonly kind: 'shards' | 'tasks';
  readonly lists: readonly (readonly BoundCall[])[];
}

const isKernel = (value: unknown): value is Kernel => typeof value === 'function';

/** Turns placed calls into kernels and addresses for worker `worker`. */
export function bindPrograms(
  programs: readonly PlacedProgram[],
  instance: WebAssembly.Instance,
  map: MemoryMap,
  worker: number,
): readonly (readonly BoundPhase[])[] {
  const bind = (call: PlacedCall, shard: number): BoundCall => {
    const kernel = instance.exports[call.kernel];
    if (!isKernel(kernel)) throw new InkError('INK_ENGINE_FAILED', `The kernels lack "${call.kernel}".`);
    const bases = {
      common: map.common,
      shard: map.shards + shard * map.shardStep,
      firstShard: map.shards,
      worker: map.workers + worker * map.workerStep,
    };
    const args = call.args.map((arg) => (typeof arg === 'number' ? arg : bases[arg.space] + arg.offset));
    return { name: call.kernel, kernel, args };
  };
  return programs.map((program) =>
    program.map((phase) => {
      if (phase.kind === 'tasks') {
        return { kind: 'tasks', lists: phase.tasks.map((calls) => calls.map((call) => bind(call, 0))) };
      }
      const shards = Array.from({ length: SHARDS }, (_, shard) => phase.calls.map((call) => bind(call, shard)));
      return { kind: 'shards', lists: shards };
    }),
  );
}
