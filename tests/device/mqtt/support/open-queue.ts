import assert from 'node:assert/strict';
import { join } from 'node:path';
import { EventStore } from '@inkcast/device/storage';

/** A queue for the events of one test, which is to be stopped. A problem of the storage fails the test. */
export async function openQueue(folder: string): Promise<EventStore> {
  const queue = new EventStore({
    folder: join(folder, 'store'),
    queue: { maxBytes: 10_000_000, maxAgeDays: 10_000 },
    history: { maxAgeDays: 10_000, maxRows: 10_000 },
    report: (problem) => assert.fail(problem.message),
    timing: { flushSpacingMs: 1 },
  });
  await queue.start();
  return queue;
}
