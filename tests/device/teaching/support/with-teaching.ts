import assert from 'node:assert/strict';
import { Teaching, type TeachingOptions } from '@inkcast/device/teaching';
import { inTemporaryFolder } from '../../../support/temporary-folder.js';
import { NO_MODELS } from './models.js';

export const QUEUE = { maxCount: 100, maxAgeDays: 30, maxMegabytes: 20 };

/** Runs `work` with the teaching of a folder, which is stopped afterwards. */
export async function withTeachingIn<T>(
  folder: string,
  work: (teaching: Teaching) => Promise<T>,
  options: Partial<TeachingOptions> = {},
): Promise<T> {
  const teaching = new Teaching({
    folder,
    settings: () => ({ enabled: true, queue: QUEUE, share: false, niceness: 10 }),
    models: NO_MODELS,
    run: async () => assert.fail('it is not asked to learn'),
    inView: async () => [],
    read: async () => [],
    report: () => {},
    ...options,
  });
  await teaching.start();
  try {
    return await work(teaching);
  } finally {
    await teaching.stop();
  }
}

/** As `withTeachingIn`, with a folder of its own. */
export function withTeaching(
  work: (teaching: Teaching, folder: string) => Promise<void>,
  options: Partial<TeachingOptions> = {},
): Promise<void> {
  return inTemporaryFolder((folder) => withTeachingIn(folder, (teaching) => work(teaching, folder), options));
}
