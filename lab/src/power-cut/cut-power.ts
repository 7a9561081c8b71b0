import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Random } from '@inkcast/training/random';
import { checkPart } from './check-storage.js';
import type { Loss } from './disk.js';
import type { Operation } from './operation.js';
import { statementsIn } from './promise.js';
import { record } from './record.js';
import { type State, statesAfter } from './states.js';

export interface PowerCutOptions {
  /** Number of moments at which power is cut, spread over the recording; all where it has fewer operations. */
  readonly cuts: number;
  /** Of the choice of moments, and of what is lost. */
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onCut?: (done: number, all: number) => void;
}

/** A moment after which a promise is not kept. */
export interface BrokenPromise {
  /** Number of operations before it. */
  readonly after: number;
  readonly loss: Loss;
  readonly faults: readonly string[];
}

export interface PowerCutReport {
  readonly operations: number;
  readonly cuts: number;
  readonly promises: number;
  readonly broken: readonly BrokenPromise[];
}

/** Records what a device does to its disk, and opens what a power cut would have left. */
export async function cutPower(options: PowerCutOptions): Promise<PowerCutReport> {
  const work = await mkdtemp(join(tmpdir(), 'inkcast-power-'));
  try {
    const folder = join(work, 'state');
    await mkdir(folder);
    const operations = await record(folder, join(work, 'trace'));
    const { cuts, ...others } = options;
    const moments = chooseMoments(operations, cuts, new Random(options.seed));
    return await replay(operations, folder, { ...others, moments });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export interface ReplayOptions extends Omit<PowerCutOptions, 'cuts'> {
  /** After how many operations power is cut. */
  readonly moments: ReadonlySet<number>;
}

/**
 * Opens what a power cut would have left after some of the operations: with all that was not flushed, without it, and with
 * some of it.
 *
 * @param folder of the operations
 */
export async function replay(
  operations: readonly Operation[],
  folder: string,
  { moments, seed, signal, onCut = () => {} }: ReplayOptions,
): Promise<PowerCutReport> {
  let cuts = 0;
  const broken: BrokenPromise[] = [];
  const states = statesAfter(operations, folder, { moments, seed, onMoment: () => onCut(++cuts, moments.size) });
  const checkNext = async (): Promise<void> => {
    const place = await mkdtemp(join(tmpdir(), 'inkcast-power-'));
    try {
      for (const { after, loss, part, promises, folders, files } of states) {
        signal.throwIfAborted();
        await writeState(place, folders, files);
        const faults = await checkPart(part, place, promises);
        if (faults.length > 0) broken.push({ after, loss, faults });
      }
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  };
  // Each waits for its disk and its threads meanwhile.
  await Promise.all(Array.from({ length: availableParallelism() }, checkNext));
  const promises = operations.flatMap((one) => (one.kind === 'said' ? statementsIn(one.text) : [])).length;
  return { operations: operations.length, cuts, promises, broken: broken.sort((a, b) => a.after - b.after) };
}

/** The end, and moments of which half follow a write, and half something rarer: a name, a flush, a promise. */
function chooseMoments(operations: readonly Operation[], cuts: number, random: Random): ReadonlySet<number> {
  const all = operations.map((_, index) => index);
  if (cuts >= all.length) return new Set(all.map((index) => index + 1));
  const isWrite = (index: number): boolean => operations[index]?.kind === 'write';
  const writes = spread(all.filter(isWrite), Math.ceil(cuts / 2), random);
  const others = all.filter((index) => !isWrite(index));
  return new Set(
    [operations.length - 1, ...writes, ...spread(others, cuts - writes.length, random)].map((at) => at + 1),
  );
}

/** One at a random place of each of as many equal parts. */
function spread(items: readonly number[], count: number, random: Random): number[] {
  const part = Math.max(1, items.length / count);
  const places = Array.from({ length: Math.min(count, items.length) }, (_, index) => (index + random.next()) * part);
  return places.flatMap((place) => items[Math.floor(place)] ?? []);
}

/** @param files and folders within the folder */
async function writeState(folder: string, folders: readonly string[], files: State['files']): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const path of folders) await mkdir(join(folder, path), { recursive: true });
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
