import { readdir, readFile } from 'node:fs/promises';
import { processStatus } from '../process-status/index.js';

/** What a process uses. */
export interface Usage {
  readonly residentBytes: number;
  readonly threads: number;
  /** Open files and sockets. */
  readonly handles: number;
}

/** @returns undefined if there is no such process */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  try {
    const value = await processStatus(pid);
    const handles = (await readdir(`/proc/${pid}/fd`)).length;
    return { residentBytes: 1024 * value('VmRSS'), threads: value('Threads'), handles };
  } catch {
    return undefined;
  }
}

/** The processes that a process has started, by their numbers. */
export async function childrenOf(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    // A thread may have ended meanwhile.
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter((each) => each !== '')).map(Number);
}

const MAX_GROWTH = 0.05;

/**
 * What grows: the median of the last third is more than 5 % above that of the middle third. The first third is left out,
 * since caches and heaps still fill.
 *
 * @returns a sentence for each
 */
export function growthIn(usages: readonly Usage[]): readonly string[] {
  const third = Math.floor(usages.length / 3);
  if (third === 0) return [];
  const [middle, last] = [usages.slice(third, 2 * third), usages.slice(2 * third)];
  return (['residentBytes', 'threads', 'handles'] as const).flatMap((what) => {
    const [before, after] = [middle, last].map((part) => median(part.map((usage) => usage[what])));
    return after <= before * (1 + MAX_GROWTH) ? [] : [`${what} grow from ${before} in the middle third to ${after}`];
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
