import { Random } from '@inkcast/training/random';
import type { Operation } from './operation.js';

/** What a power cut leaves of what was not flushed: all of it, nothing, or some of it, also parts of a write. */
export const LOSSES = ['nothing', 'unflushed', 'some'] as const;
export type Loss = (typeof LOSSES)[number];

/** Disks write sectors whole. */
const SECTOR_BYTES = 512;

type Change = { readonly offset: number; readonly bytes: Buffer } | { readonly size: number };

interface SimulatedFile {
  /** What a flush has put on the disk. */
  flushed: Buffer;
  changes: Change[];
  /** The number of the operation that changed it last. */
  changedAt: number;
  /** The number of the operation that last changed what is sure. */
  flushedAt: number;
}

/** What a power cut leaves of a file. */
export interface LeftFile {
  /** The same as long as the content of this path is. */
  readonly version: string;
  readonly content: () => Buffer;
}

/**
 * A disk that performs recorded operations, and can say what a power cut would leave of it. Names are kept in order, as
 * journaling file systems do; the content of a file is only sure once it was flushed.
 */
export class SimulatedDisk {
  readonly #files = new Map<string, SimulatedFile>();
  readonly #folders = new Set<string>();
  readonly #seed: number;
  #performed = 0;

  /** @param seed of what is lost of `some` */
  constructor(seed: number) {
    this.#seed = seed;
  }

  get folders(): readonly string[] {
    return [...this.#folders];
  }

  perform(operation: Operation): void {
    const now = ++this.#performed;
    if (operation.kind === 'said') return;
    const { kind, path } = operation;
    const file = this.#files.get(path);
    if (kind === 'folder') this.#folders.add(path);
    else if (kind === 'remove') this.#remove(path);
    else if (kind === 'rename') this.#rename(path, operation.to);
    else if (kind === 'create') {
      if (file === undefined) {
        this.#files.set(path, { flushed: Buffer.alloc(0), changes: [], changedAt: now, flushedAt: now });
      } else if (operation.truncates) change(file, { size: 0 }, now);
      // Other files were removed while they were open.
    } else if (file === undefined) return;
    else if (kind !== 'sync') change(file, operation, now);
    else if (file.changes.length > 0) {
      file.flushed = contentOf(file, file.changes);
      file.changes = [];
      file.flushedAt = now;
    }
  }

  /** Each file after a power cut at this moment. */
  after(loss: Loss): ReadonlyMap<string, LeftFile> {
    return new Map([...this.#files].map(([path, file]) => [path, this.#left(file, loss)]));
  }

  #left(file: SimulatedFile, loss: Loss): LeftFile {
    const { changes, changedAt, flushedAt } = file;
    if (loss === 'unflushed' || changes.length === 0) {
      return { version: `flushed ${flushedAt}`, content: () => contentOf(file, []) };
    }
    // Lost is the same until the file changes again.
    const random = () => new Random(this.#seed + changedAt);
    return { version: `${loss} ${changedAt}`, content: () => contentOf(file, survivors(file, loss, random())) };
  }

  #remove(path: string): void {
    this.#files.delete(path);
    this.#folders.delete(path);
  }

  #rename(from: string, to: string): void {
    const file = this.#files.get(from);
    if (file !== undefined) {
      this.#files.delete(from);
      this.#files.set(to, file);
      return;
    }
    const moved = (path: string): string => (path === from ? to : `${to}${path.slice(from.length)}`);
    const isInside = (path: string): boolean => path === from || path.startsWith(`${from}/`);
    for (const [path, inner] of [...this.#files].filter(([one]) => isInside(one))) {
      this.#files.delete(path);
      this.#files.set(moved(path), inner);
    }
    for (const path of [...this.#folders].filter(isInside)) {
      this.#folders.delete(path);
      this.#folders.add(moved(path));
    }
  }
}

function change(file: SimulatedFile, made: Change, now: number): void {
  file.changes.push(made);
  file.changedAt = now;
}

function survivors({ changes }: SimulatedFile, loss: Loss, random: Random): readonly Change[] {
  if (loss === 'nothing') return changes;
  if (loss === 'unflushed') return [];
  return changes.flatMap((change): Change[] => {
    if (random.integer(2) === 0) return [];
    if ('size' in change || random.integer(2) === 0) return [change];
    const sectors = Math.ceil(change.bytes.length / SECTOR_BYTES);
    return [{ ...change, bytes: change.bytes.subarray(0, SECTOR_BYTES * random.integer(sectors + 1)) }];
  });
}

/** The flushed content with some changes. */
function contentOf({ flushed }: SimulatedFile, changes: readonly Change[]): Buffer {
  const space = Buffer.alloc(Math.max(flushed.length, ...changes.map(endOf)));
  flushed.copy(space);
  let length = flushed.length;
  for (const change of changes) {
    if ('size' in change) {
      // What a file grows by later is zeros.
      space.fill(0, change.size);
      length = change.size;
    } else {
      change.bytes.copy(space, change.offset);
      length = Math.max(length, endOf(change));
    }
  }
  return space.subarray(0, length);
}

const endOf = (change: Change): number => ('size' in change ? change.size : change.offset + change.bytes.length);
