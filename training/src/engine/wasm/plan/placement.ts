import { InkError } from '@inkcast/shared/errors';
import { type Argument, type Buffer, type Call, callsOf, type Program, SHARD_STEP, type Space } from './program.js';

/** An address before the shard or worker is known. */
export interface PlacedAddress {
  readonly space: Space | 'firstShard';
  readonly offset: number;
}

export interface PlacedCall {
  readonly kernel: string;
  readonly args: readonly (number | PlacedAddress)[];
}

export type PlacedPhase =
  | { readonly kind: 'shards'; readonly calls: readonly PlacedCall[] }
  | { readonly kind: 'tasks'; readonly tasks: readonly (readonly PlacedCall[])[] };

export type PlacedProgram = readonly PlacedPhase[];

/** Programs whose buffers have their places, and the bytes that each space needs. */
export interface Placement {
  readonly programs: readonly PlacedProgram[];
  readonly sizes: Readonly<Record<Space, number>>;
  address(buffer: Buffer): PlacedAddress;
}

interface Lifetime {
  readonly first: number;
  last: number;
  /** More than one phase reads or writes it. */
  spans: boolean;
  readonly phase: number;
}

// A cache line; also more than the kernels' vectors may reach beyond the last value.
const ALIGNMENT = 64;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/**
 * Gives every buffer its place. Fixed buffers come first, in the order given; transient ones follow, each program's
 * over the same room, since programs never run at one time.
 */
export function placeBuffers(programs: readonly Program[], fixed: readonly Buffer[]): Placement {
  const places = new Map<Buffer, PlacedAddress>();
  const sizes = { common: 0, shard: 0, worker: 0 };
  for (const buffer of fixed) {
    const space = buffer.place === 'shard' ? 'shard' : 'common';
    places.set(buffer, { space, offset: sizes[space] });
    sizes[space] += aligned(buffer.bytes);
  }
  const start = { shard: sizes.shard, worker: sizes.worker };
  for (const program of programs) {
    for (const space of ['shard', 'worker'] as const) {
      const lifetimes = [...transientLifetimes(program)].filter(([, life]) => life.spans === (space === 'shard'));
      const end = placeByLifetime(new Map(lifetimes), start[space], (buffer, offset) =>
        places.set(buffer, { space, offset }),
      );
      sizes[space] = Math.max(sizes[space], end);
    }
  }
  const address = (buffer: Buffer): PlacedAddress => {
    const place = places.get(buffer);
    if (place === undefined) throw new InkError('INK_INTERNAL', 'A buffer of the plan has no place.');
    return place;
  };
  return { programs: programs.map((program) => placeProgram(program, address, sizes.shard)), sizes, address };
}

function transientLifetimes(program: Program): Map<Buffer, Lifetime> {
  const lifetimes = new Map<Buffer, Lifetime>();
  let time = 0;
  program.forEach((phase, phaseIndex) => {
    for (const call of callsOf(phase)) {
      time++;
      for (const argument of call.args) {
        if (typeof argument !== 'object' || argument.buffer.place !== 'transient') continue;
        const life = lifetimes.get(argument.buffer);
        if (life === undefined) {
          lifetimes.set(argument.buffer, { first: time, last: time, spans: false, phase: phaseIndex });
        } else {
          life.last = time;
          life.spans ||= life.phase !== phaseIndex;
        }
      }
    }
  });
  return lifetimes;
}

/** First fit, the largest first: each buffer at the lowest place that none living at the same time holds. */
function placeByLifetime(
  lifetimes: ReadonlyMap<Buffer, Lifetime>,
  start: number,
  place: (buffer: Buffer, offset: number) => void,
): number {
  const placed: { from: number; to: number; life: Lifetime }[] = [];
  let end = start;
  const largestFirst = [...lifetimes].sort(([a], [b]) => b.bytes - a.bytes);
  for (const [buffer, life] of largestFirst) {
    const neighbours = placed
      .filter((other) => other.life.first <= life.last && life.first <= other.life.last)
      .sort((a, b) => a.from - b.from);
    const size = aligned(buffer.bytes);
    let from = start;
    for (const neighbour of neighbours) {
      if (neighbour.from - from >= size) break;
      from = Math.max(from, neighbour.to);
    }
    placed.push({ from, to: from + size, life });
    place(buffer, from);
    end = Math.max(end, from + size);
  }
  return end;
}

function placeProgram(program: Program, address: (buffer: Buffer) => PlacedAddress, shardStep: number): PlacedProgram {
  const placeArgument = (argument: Argument): number | PlacedAddress => {
    if (argument === SHARD_STEP) return shardStep;
    if (typeof argument !== 'object') return Number(argument);
    const { space, offset } = address(argument.buffer);
    return { space: argument.firstShard ? 'firstShard' : space, offset: offset + argument.offset };
  };
  const placeCalls = (calls: readonly Call[]): readonly PlacedCall[] =>
    calls.map((call) => ({ kernel: call.kernel, args: call.args.map(placeArgument) }));
  return program.map((phase) =>
    phase.kind === 'shards'
      ? { kind: 'shards', calls: placeCalls(phase.calls) }
      : { kind: 'tasks', tasks: phase.tasks.map(placeCalls) },
  );
}
