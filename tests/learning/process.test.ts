import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runLearning } from '@inkcast/device/learning';
import { ODD_HAND } from '@inkcast/lab/synthesis';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { DIGITS, lesson, taskFor } from './support/lesson.js';

const DIGIT_NAMES = ['0', '2', '3', '5', '6', '8'];

describe('a learning process', function () {
  this.timeout(120_000);

  it('takes a second look at labels', async () => {
    await inTemporaryFolder(async (folder) => {
      const [first, second, ...rest] = lesson(ODD_HAND, DIGIT_NAMES, { seed: 4, count: 12 });
      const wrong = { ...first, label: '7' };
      const kept = { ...second, label: '7', confirmed: true };
      const { base, crops } = await taskFor(folder, DIGITS, [wrong, kept, ...rest]);
      const result = await runLearning({ kind: 'second-look', base, crops, niceness: 0 });
      assert.ok(result.kind === 'doubts');
      assert.deepEqual(
        result.doubts.map(({ id, label, guesses }) => [id, label, guesses[0].label]),
        [[wrong.id, '7', wrong.truth]],
      );
    });
  });

  it('refuses what cannot be done, and says what to do', async () => {
    await inTemporaryFolder(async (folder) => {
      const task = await taskFor(folder, DIGITS, lesson(ODD_HAND, DIGIT_NAMES, { seed: 4, count: 9 }));
      const result = await runLearning(task);
      assert.ok(result.kind === 'refused');
      assert.equal(result.code, 'INK_LEARNING_TOO_FEW');
      assert.match(result.remedy, /Label more/);
      const missing = await runLearning({ ...task, base: join(folder, 'nothing') });
      assert.ok(missing.kind === 'failed');
      assert.equal(missing.code, 'INK_BUNDLE_MISSING');
    });
  });

  it('ends when it is cancelled, and leaves nothing behind', async () => {
    await inTemporaryFolder(async (folder) => {
      const task = await taskFor(folder, DIGITS, lesson(ODD_HAND, DIGIT_NAMES, { seed: 4, count: 30 }));
      const work = join(folder, 'work');
      await mkdir(work);
      const cancelled = new AbortController();
      const learning = runLearning(
        { ...task, out: join(work, 'candidate') },
        {
          signal: cancelled.signal,
          onProgress: ({ epoch }) => {
            if (epoch !== undefined) cancelled.abort();
          },
        },
      );
      await assert.rejects(learning, { name: 'AbortError' });
      assert.deepEqual(await readdir(work), []);
    });
  });
});
