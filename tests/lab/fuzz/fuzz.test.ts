import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { fuzz, memoryFault } from '@inkcast/lab/fuzz';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const MIB = 2 ** 20;

/** Does the work with a temporary folder of the system that is its own, and says what stays there of ours. */
async function leftBy(work: () => Promise<void>): Promise<readonly string[]> {
  const { TMPDIR } = process.env;
  return inTemporaryFolder(async (folder) => {
    process.env.TMPDIR = folder;
    try {
      await work();
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
    return (await readdir(folder)).filter((name) => name.startsWith('inkcast-'));
  });
}

describe('fuzzing', () => {
  it('finds errors without a code, native objects that stay, and crashes, with the seed of each, and goes on', async () => {
    const left = await leftBy(async () => {
      const target = new URL('broken-target.ts', import.meta.url);
      const { refusals, findings } = await fuzz(target, { seed: 40, count: 5, signal: new AbortController().signal });
      assert.deepEqual(
        findings.map(({ seed, fault }) => [seed, fault.split('\n')[0]]),
        [
          [41, 'INK_INTERNAL: it is not a function.'],
          [42, '1 native objects are open, and were 0 before'],
          [43, 'the process ended by SIGSEGV'],
        ],
      );
      assert.deepEqual(refusals, { INK_REQUEST_INVALID: 1 }, 'of the process that came to its end');
    });
    assert.deepEqual(left, [], 'no folder stays, not even of a process that crashed');
  }).timeout(60_000);

  it('says of memory that it grows if it does so to the end, and not if caches filled at the beginning', () => {
    const growing = Array.from({ length: 90 }, (_, index) => (200 + 2 * index) * MIB);
    assert.match(String(memoryFault(growing)), /grows: 290 MiB in the middle third, 350 MiB in the last/);
    assert.equal(memoryFault(growing.slice(0, 30)), undefined);
    assert.equal(memoryFault(growing.map((bytes) => Math.min(bytes, 250 * MIB))), undefined);
  });
});
