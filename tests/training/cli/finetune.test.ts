import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadWeights } from '@inkcast/training/checkpoint';
import { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';

/** Strokes of a few letters, in a box of 100x100. */
const LETTERS = {
  L: 'M30 15 V80 H75',
  T: 'M20 20 H80 M50 20 V85',
  V: 'M20 20 L50 80 L80 20',
  Z: 'M20 20 H80 L20 80 H80',
};

/** Writes `count` pictures of each of these letters, every one a little different, into folders by their names. */
async function writeLetters(folder: string, letters: readonly (keyof typeof LETTERS)[], count: number): Promise<void> {
  const random = new Random(5);
  for (const letter of letters) {
    await mkdir(join(folder, letter), { recursive: true });
    for (let index = 0; index < count; index++) {
      const [angle, width] = [random.uniform(-12, 12), random.uniform(8, 14)];
      const svg =
        `<svg width="100" height="100"><rect width="100" height="100" fill="#f4f0e6"/><path d="${LETTERS[letter]}" ` +
        `transform="rotate(${angle} 50 50)" fill="none" stroke="#222840" stroke-width="${width}"/></svg>`;
      await writeFile(join(folder, letter, `${index}.png`), await sharp(Buffer.from(svg)).png().toBuffer());
    }
  }
}

async function runIn(folder: string, name: string, ...args: string[]) {
  const run = join(folder, name);
  const result = await inkcastTrain(...args, '--out', run);
  assert.equal(result.code, 0, result.stderr);
  const summary = JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));
  return { run, summary, trained: await loadWeights(join(run, 'weights.safetensors')) };
}

describe('inkcast-train finetune', () => {
  it('learns other classes from a folder of pictures, with the first layers frozen', () =>
    inTemporaryFolder(async (folder) => {
      await writeLetters(join(folder, 'two'), ['L', 'V'], 20);
      await writeLetters(join(folder, 'three'), ['L', 'T', 'Z'], 20);
      const quick = ['--epochs', '6', '--batch', '8', '--lr', '0.003'];
      const data = (name: string) => ['--data', join(folder, name), ...quick];
      const base = await runIn(folder, 'base', 'train', 'lenet', '--width', '0.25', ...data('two'));
      const tuned = await runIn(
        folder,
        'tuned',
        ...['finetune', base.run, '--freeze-depth', '1', '--validation', '0.2'],
        ...data('three'),
      );
      assert.deepEqual(tuned.trained.labels, ['L', 'T', 'Z']);
      assert.ok(tuned.summary.validation.accuracy > 0.9, JSON.stringify(tuned.summary.validation));

      const [frozen] = base.trained.parameters.keys();
      assert.deepEqual(tuned.trained.parameters.get(frozen), base.trained.parameters.get(frozen));
      const changed = [...tuned.trained.parameters].filter(
        ([name, { data: values }]) => values.join() !== base.trained.parameters.get(name)?.data.join(),
      );
      assert.equal(changed.length, base.trained.parameters.size - 2);

      // The recipe that the run wrote names its base, and runs again.
      const again = await runIn(folder, 'again', 'train', '--recipe', join(tuned.run, 'recipe.yaml'));
      assert.equal(again.summary.weightsSha256, tuned.summary.weightsSha256);
    }));

  it('refuses a base that is none, and a layer that is not there', () =>
    inTemporaryFolder(async (folder) => {
      const missing = await inkcastTrain('finetune', join(folder, 'none'), '--data', 'mnist');
      assert.equal(missing.code, 1);
      assert.match(missing.stderr, /^INK_RUN_MISSING: .*none is neither a run folder, a model bundle nor/);
      await writeLetters(join(folder, 'data'), ['L', 'V'], 4);
      const options = ['--data', join(folder, 'data'), '--epochs', '1', '--width', '0.25'];
      const base = await runIn(folder, 'base', 'train', 'lenet', ...options);
      const unknown = await inkcastTrain('finetune', base.run, '--freeze', 'conv_9', '--data', join(folder, 'data'));
      assert.equal(unknown.code, 1);
      assert.match(unknown.stderr, /^INK_GRAPH_INVALID: There is no layer "conv_9"/);
    }));
});
