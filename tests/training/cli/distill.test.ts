import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCharacterReader } from '@inkcast/device/characters';
import { encodeIdx } from '@inkcast/training/data';
import { readRecipe } from '@inkcast/training/recipe';
import { prepareRun, RunFolder, Trainer, type TrainingObserver } from '@inkcast/training/trainer';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

const ONE_THREAD = ['--threads', '1'];
const LONG = ['--epochs', '16', '--lr', '0.01'];

const summaryOf = async (run: string) => JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));

async function train(run: string, ...args: string[]): Promise<string> {
  const { code, stderr } = await inkcastTrain(...args, ...ONE_THREAD, '--out', run);
  assert.equal(code, 0, stderr);
  return run;
}

/** Arguments that train a student of a new teacher for two epochs, on tiny data in `folder`. */
async function studentOn(folder: string): Promise<string[]> {
  await writeTinyData(folder);
  const teacher = await train(join(folder, 'teacher'), ...tinyTraining(folder), '--epochs', '1');
  return [...tinyTraining(folder), '--epochs', '2', '--teacher', teacher];
}

describe('inkcast-train train --teacher', function () {
  this.timeout(60_000);

  it('learns from soft labels where the labels are wrong, of an ensemble of runs', () =>
    inTemporaryFolder(async (folder) => {
      const [data, mislabelled] = [join(folder, 'data'), join(folder, 'mislabelled')];
      await writeTinyData(data);
      await writeTinyData(mislabelled);
      const labels = encodeIdx({ sizes: [96], data: Uint8Array.from({ length: 96 }, (_, index) => (index >> 1) % 3) });
      await writeFile(join(mislabelled, 'train-labels-idx1-ubyte'), labels);
      const one = await train(join(folder, 'one'), ...tinyTraining(data), ...LONG);
      const other = await train(join(folder, 'other'), ...tinyTraining(data), ...LONG, '--seed', '2');
      const soft = ['--teacher', one, other, '--teacher-share', '1', '--temperature', '2'];
      const student = await train(join(folder, 'student'), ...tinyTraining(mislabelled), ...LONG, ...soft);
      const { weightsSha256, test } = await summaryOf(student);
      assert.ok(test.accuracy > 0.9, `${test.accuracy}`);

      const { distillation } = await readRecipe(join(student, 'recipe.yaml'));
      const sums = await Promise.all([one, other].map(async (run) => (await summaryOf(run)).weightsSha256));
      assert.deepEqual(
        [distillation?.teachers.map(({ sha256 }) => sha256), distillation?.share, distillation?.temperature],
        [sums, 1, 2],
      );
      // The recipe gives the same network again, until a teacher is another one.
      const recipe = join(student, 'recipe.yaml');
      const again = await train(join(folder, 'again'), 'train', '--recipe', recipe);
      assert.equal((await summaryOf(again)).weightsSha256, weightsSha256);
      await writeFile(recipe, (await readFile(recipe, 'utf8')).replace(sums[0], 'a'.repeat(64)));
      const refused = await inkcastTrain('train', '--recipe', recipe, '--out', join(folder, 'refused'));
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /INK_CHECKPOINT_INVALID: The weights in .*one are not those that the recipe names/);
    }));

  it('gives the same weights with kept soft labels and without', () =>
    inTemporaryFolder(async (data) => {
      const student = [...(await studentOn(data)), '--augment'];
      const kept = join(data, 'kept');
      const hash = async (name: string, ...options: string[]) =>
        (await summaryOf(await train(join(data, name), ...student, ...options))).weightsSha256;
      const plain = await hash('plain');
      assert.equal(await hash('cold', '--soft-labels', kept), plain);
      const [views = ''] = await readdir(kept);
      assert.deepEqual((await readdir(join(kept, views))).sort(), ['epoch-0001.f32', 'epoch-0002.f32']);
      assert.equal(await hash('warm', '--soft-labels', kept), plain);

      // They are what is learned from: others give other weights.
      const even = new Float32Array(96 * 10).fill(0.1);
      await writeFile(join(kept, views, 'epoch-0002.f32'), new Uint8Array(even.buffer));
      assert.notEqual(await hash('even', '--soft-labels', kept), plain);
      await writeFile(join(kept, views, 'epoch-0002.f32'), 'cut');
      const cut = await inkcastTrain(...student, ...ONE_THREAD, '--soft-labels', kept, '--out', join(data, 'cut'));
      assert.match(cut.stderr, /INK_DATASET_INVALID: .*epoch-0002\.f32 has 3 bytes and not 3840\. Delete it/);
    }));

  it('keeps one file without augmentation, because every epoch shows the same views', () =>
    inTemporaryFolder(async (data) => {
      const kept = join(data, 'kept');
      await train(join(data, 'run'), ...(await studentOn(data)), '--soft-labels', kept);
      const [views = ''] = await readdir(kept);
      assert.deepEqual(await readdir(join(kept, views)), ['epoch-0000.f32']);
    }));

  it('gives the same weights when it goes on in the middle of an epoch', () =>
    inTemporaryFolder(async (data) => {
      const plain = await train(join(data, 'plain'), ...(await studentOn(data)), '--augment');
      const folder = new RunFolder(join(data, 'stopped'));
      const recipe = await readRecipe(join(plain, 'recipe.yaml'));
      await folder.create(recipe);
      const run = await prepareRun(recipe, openCharacterReader);
      const stop = new AbortController();
      const observer: TrainingObserver = {
        step: ({ epoch, step }) => {
          if (epoch === 2 && step === 3) stop.abort();
        },
        epoch: () => {},
      };
      const common = { run, folder, backend: 'wasm', threads: 1, observer, madeWith: {} } as const;
      const stopped = await new Trainer(common).run(stop.signal);
      assert.deepEqual(stopped, { kind: 'stopped', epoch: 2, step: 3 });
      const resumed = await inkcastTrain('train', '--resume', folder.path, ...ONE_THREAD);
      assert.equal(resumed.code, 0, resumed.stderr);
      assert.equal((await summaryOf(folder.path)).weightsSha256, (await summaryOf(plain)).weightsSha256);
    }));

  it('refuses teachers for other pictures, and settings without a teacher', () =>
    inTemporaryFolder(async (data) => {
      await writeTinyData(data);
      const run = ['--out', join(data, 'run')];
      const cases: readonly (readonly [string[], number, RegExp])[] = [
        [
          ['--teacher', 'models/lenet'],
          1,
          /INK_DATASET_INVALID: The pictures of .* are 12x12x1, and the teacher lenet takes 28x28x1/,
        ],
        [['--teacher', 'nowhere'], 1, /INK_RUN_MISSING: nowhere is neither/],
        [
          ['--temperature', '2'],
          2,
          /INK_USAGE: --temperature needs a teacher\. Name the networks to learn from with --teacher/,
        ],
        [['--soft-labels', join(data, 'kept')], 2, /INK_USAGE: --soft-labels needs a teacher/],
        [
          ['--teacher', 'models/lenet', '--teacher-share', '2'],
          2,
          /INK_RECIPE_INVALID: The command line: distillation\.share is 2/,
        ],
      ];
      for (const [options, code, message] of cases) {
        const result = await inkcastTrain(...tinyTraining(data), ...options, ...run);
        assert.equal(result.code, code, result.stderr);
        assert.match(result.stderr, message);
      }
      const resumed = await inkcastTrain('train', '--resume', data, '--teacher', 'models/lenet');
      assert.equal(resumed.code, 2);
      assert.match(resumed.stderr, /"teacher" would change it/);
    }));
});
