import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Random } from '@inkcast/training/random';
import { checkStorage } from './check-storage.js';
import { LOSSES, type Loss, SimulatedDisk } from './disk.js';
import type { Operation } from './operation.js';
import { promisesOf, type Statement, statementsIn } from './promise.js';
import { record } from './record.js';

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
 * @param folder of the operations; its content is replaced
 */
export async function replay(
  operations: readonly Operation[],
  folder: string,
  { moments, seed, signal, onCut = () => {} }: ReplayOptions,
): Promise<PowerCutReport> {
  const random = new Random(seed);
  const disk = new SimulatedDisk();
  const statements: Statement[] = [];
  const broken: BrokenPromise[] = [];
  let cuts = 0;
  for (const [index, operation] of operations.entries()) {
    disk.perform(operation);
    if (operation.kind === 'said') statements.push(...statementsIn(operation.text));
    const after = index + 1;
    if (!moments.has(after)) continue;
    for (const loss of LOSSES) {
      signal.throwIfAborted();
      await writeState(folder, disk, disk.after(loss, random));
      const faults = await checkStorage(folder, promisesOf(statements));
      if (faults.length > 0) broken.push({ after, loss, faults });
    }
    onCut(++cuts, moments.size);
  }
  return { operations: operations.length, cuts, promises: statements.length, broken };
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

async function writeState(folder: string, disk: SimulatedDisk, files: ReadonlyMap<string, Buffer>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const path of disk.folders) await mkdir(path, { recursive: true });
  for (const [path, content] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
