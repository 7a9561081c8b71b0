import { type ArgumentName, KERNELS, type KernelName } from '../kernel-table.js';

/** Where a buffer lies: once for all, once for each shard, or once for each worker thread. */
export type Space = 'common' | 'shard' | 'worker';

/**
 * A piece of memory before it has an address. `transient` ones are placed when all calls are known: in the worker's
 * space where all their uses lie in one phase, else in the shard's, sharing room with others that live at other times.
 */
export interface Buffer {
  readonly place: 'common' | 'shard' | 'transient';
  readonly bytes: number;
}

/** Stands for the bytes from one shard's space to the next, known once all buffers are placed. */
export const SHARD_STEP = 'shardStep';

/** So many bytes into a buffer; of a shard's buffer either the shard's own, or the first shard's for all. */
export interface Address {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly firstShard: boolean;
}

export type Argument = number | boolean | typeof SHARD_STEP | Address;

export type Arguments<Kernel extends KernelName> = Readonly<Record<ArgumentName<Kernel>, Argument | Buffer>>;

export interface Call {
  readonly kernel: KernelName;
  readonly args: readonly Argument[];
}

/**
 * What all workers do between two barriers: either one list of calls for every shard, or tasks that each are done once.
 * Shards and tasks go to whichever worker is free; none reads what another of the same phase writes.
 */
export type Phase =
  | { readonly kind: 'shards'; readonly calls: Call[] }
  | { readonly kind: 'tasks'; readonly tasks: Call[][] };

export type Program = Phase[];

/** A call of `kernel` with its arguments in the kernel's order. */
export function makeCall<Kernel extends KernelName>(kernel: Kernel, args: Arguments<Kernel>): Call {
  const named: Readonly<Record<string, Argument | Buffer>> = args;
  return { kernel, args: KERNELS[kernel].map((name) => toArgument(named[name])) };
}

function toArgument(argument: Argument | Buffer): Argument {
  return typeof argument === 'object' && 'place' in argument ? at(argument, 0) : argument;
}

/** The address `offset` bytes into a buffer. */
export const at = (buffer: Buffer, offset: number): Address => ({ buffer, offset, firstShard: false });

/** The first shard's place of a buffer: the others' lie SHARD_STEP bytes apart behind it. */
export const inFirstShard = (buffer: Buffer): Address => ({ buffer, offset: 0, firstShard: true });

/** Every call of a phase, in order. */
export const callsOf = (phase: Phase): readonly Call[] => (phase.kind === 'shards' ? phase.calls : phase.tasks.flat());
