import { availableParallelism, cpus } from 'node:os';
import type { Benchmark, Ratio } from '../benchmark.js';
import { numberFrom } from '../number-from.js';
import { timeOurSteps } from './ours.js';
import { findPyTorch, timePyTorchSteps } from './pytorch.js';

/**
 * The time of the tutorial's step (batch of 64) in milliseconds, for Inkcast and for PyTorch: the median of the steps of a
 * round, then the minimum over all rounds. Rounds of both alternate. Other work on a shared machine only makes a round
 * slower, by up to a half.
 */
const ROUNDS = 7;
const STEPS = 40;
/** No round begins after this time: PyTorch on the reference BLAS takes a minute for each. */
const MAX_SECONDS = 150;

interface Result {
  readonly machine: string;
  readonly node: string;
  readonly batch: 64;
  readonly ours: { readonly build: string; readonly msPerStep: Readonly<Record<string, number>> };
  readonly pytorch: {
    readonly version: string;
    /** OpenBLAS, or Debian's much slower reference. */
    readonly blas: string;
    readonly threads: number;
    readonly msPerStep: number;
    readonly msPerStepByThreads: Readonly<Record<string, number>>;
  } | null;
  /** Inkcast's time divided by PyTorch's, both on all threads. */
  readonly ratioToPyTorch: number | null;
  /** The time on one thread divided by the time on all threads. */
  readonly scaling: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** @param words optionally the number of rounds */
async function measure([roundsText]: readonly string[]): Promise<Result> {
  const rounds = numberFrom(roundsText, 'the rounds', ROUNDS);
  const all = availableParallelism();
  const counts = [...new Set([1, Math.min(2, all), all])];
  const version = await findPyTorch();
  const ours = new Map(counts.map((threads): [number, number[]] => [threads, []]));
  const theirs = new Map(counts.map((threads): [number, number[]] => [threads, []]));
  let build = '';
  let blas = '';
  const until = performance.now() + 1000 * MAX_SECONDS;
  for (let index = 0; index < rounds && (index === 0 || performance.now() < until); index++) {
    process.stderr.write(`training: round ${index + 1} of ${rounds}\n`);
    for (const threads of counts) {
      const timed = await timeOurSteps(threads, STEPS);
      build = timed.build;
      ours.get(threads)?.push(timed.msPerStep);
      if (version === undefined) continue;
      const peer = await timePyTorchSteps(threads, STEPS);
      blas = peer.blas;
      theirs.get(threads)?.push(peer.msPerStep);
    }
  }
  const least = (times: ReadonlyMap<number, readonly number[]>) =>
    Object.fromEntries([...times].map(([threads, values]) => [String(threads), round(Math.min(...values))]));
  const oursByThreads = least(ours);
  const theirsByThreads = version === undefined ? undefined : least(theirs);
  return {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${all} threads`,
    node: process.version,
    batch: 64,
    ours: { build, msPerStep: oursByThreads },
    pytorch:
      version === undefined || theirsByThreads === undefined
        ? null
        : { version, blas, threads: all, msPerStep: theirsByThreads[all], msPerStepByThreads: theirsByThreads },
    ratioToPyTorch: theirsByThreads === undefined ? null : round(oursByThreads[all] / theirsByThreads[all]),
    scaling: round(oursByThreads[1] / oursByThreads[all]),
  };
}

function describe({ machine, node, ours, pytorch, ratioToPyTorch, scaling }: Result): string[] {
  const row = (name: string, times: Readonly<Record<string, number>>): string[] =>
    Object.entries(times).map(([threads, ms]) => `${name}, ${threads} thread(s): ${ms} ms per step`);
  const peer =
    pytorch === null
      ? ['PyTorch: not found (Debian: python3-torch)']
      : [
          ...row(`PyTorch ${pytorch.version} on ${pytorch.blas}`, pytorch.msPerStepByThreads),
          `ours / PyTorch: ${ratioToPyTorch}`,
        ];
  return [
    `${machine}, Node ${node}`,
    ...row(`Inkcast (${ours.build})`, ours.msPerStep),
    ...peer,
    `scaling: ${scaling}`,
  ];
}

/** For each number of threads: on a busy machine, PyTorch's threads wait for one another, and more of them take longer. */
function ratios({ ours, pytorch }: Result): Ratio[] {
  if (pytorch === null) return [];
  const peer = `PyTorch ${pytorch.version} on ${pytorch.blas}`;
  return Object.entries(pytorch.msPerStepByThreads).map(([threads, ms]) => {
    const what = `time of a training step, both on ${threads} thread(s)`;
    return { what, peer, ratio: ours.msPerStep[threads] / ms };
  });
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
