// Feeds one part of Inkcast, in a process of its own: a native library may crash, or never come back.
import { asInkError } from '@inkcast/shared/errors';
import { Random } from '@inkcast/training/random';
import { z } from 'zod';
import { type FuzzTask, type News, taskSchema } from './protocol.js';
import type { FuzzTarget, OpenTarget } from './target.js';

/** Collecting garbage takes longer than many an input. */
const MEASURED_ONE_IN = 10;

const moduleSchema = z.object({ open: z.custom<OpenTarget>((value) => typeof value === 'function') });

const tell = (news: News): void => {
  process.send?.(news);
};

process.once('message', (message) => {
  void run(taskSchema.parse(message)).finally(() => process.disconnect());
});

async function run({ target: module, seed, count, folder }: FuzzTask): Promise<void> {
  const { open } = moduleSchema.parse(await import(module));
  const target = await open(folder);
  try {
    tell({ what: 'done', ...(await feedAll(target, seed, count)) });
  } finally {
    await target.close();
  }
}

async function feedAll(target: FuzzTarget, first: number, count: number) {
  const refusals: Record<string, number> = {};
  const memory: number[] = [];
  const open = target.handles?.();
  for (let seed = first; seed < first + count; seed++) {
    tell({ what: 'begun', seed });
    try {
      await target.feed(new Random(seed));
    } catch (error) {
      const { code, message } = asInkError(error);
      refusals[code] = (refusals[code] ?? 0) + 1;
      const stack = error instanceof Error ? (error.stack ?? '') : '';
      if (code === 'INK_INTERNAL') tell({ what: 'fault', seed, fault: `INK_INTERNAL: ${message}\n${stack}` });
    }
    const left = target.handles?.();
    if (left !== open) tell({ what: 'fault', seed, fault: `${left} native objects are open, and were ${open} before` });
    if ((seed - first) % MEASURED_ONE_IN === 0) memory.push(usedBytes());
  }
  return { refusals, memory };
}

/** Resident memory once garbage is collected, since a leak of native memory is in no heap. */
function usedBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}
