import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatRecipe, parseRecipe, readRecipe, recipeEngineOptions } from '@inkcast/training/recipe';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const dataset = {
  name: 'some',
  shape: [1, 1, 1] as const,
  images: new Uint8Array(100),
  labels: Uint16Array.from({ length: 100 }, (_, index) => (index < 80 ? 0 : 1)),
  classes: ['a', 'b'],
  sha256: {},
};

describe('a recipe', () => {
  it("is the tutorial's without any key", () => {
    const { model, epochs, batchSize, learningRate, optimizer, augmentation } = parseRecipe({}, 'empty');
    assert.deepEqual(model, { name: 'lenet', width: 1, depth: 1 });
    assert.deepEqual(
      [epochs, batchSize, learningRate, optimizer.kind, augmentation.length],
      [10, 64, 0.001, 'adam', 0],
    );
  });

  it('is the same after writing and reading its YAML', () =>
    inTemporaryFolder(async (folder) => {
      const recipe = parseRecipe(
        {
          model: { name: 'lenet', width: 2 },
          optimizer: { kind: 'adamw', weightDecay: 0.05 },
          schedule: { kind: 'cosine', warmupEpochs: 1.5 },
          augmentation: [
            { kind: 'rotation', degrees: 15 },
            { kind: 'cutout', probability: 0.5 },
          ],
          validation: 0.1,
          earlyStopping: {},
          loss: { labelSmoothing: 0.1, classWeights: 'balanced' },
        },
        'made here',
      );
      const file = join(folder, 'recipe.yaml');
      await writeFile(file, formatRecipe(recipe));
      assert.deepEqual(await readRecipe(file), recipe);
    }));

  it('converts its schedules to steps for the engine, including the last short batch', () => {
    const schedule = (content: object) =>
      recipeEngineOptions(parseRecipe({ batchSize: 30, epochs: 5, learningRate: 0.1, schedule: content }, 'r'), dataset)
        .schedule;
    assert.deepEqual(schedule({ kind: 'cosine', warmupEpochs: 0.5, finalShare: 0.01 }), {
      kind: 'cosine',
      learningRate: 0.1,
      warmup: 2,
      total: 20,
      final: 0.001,
    });
    assert.deepEqual(schedule({ kind: 'step', everyEpochs: 2 }), {
      kind: 'step',
      learningRate: 0.1,
      every: 8,
      factor: 0.1,
    });
  });

  it('gives balanced classes the same weight', () => {
    const { loss } = recipeEngineOptions(parseRecipe({ loss: { classWeights: 'balanced' } }, 'r'), dataset);
    assert.deepEqual(loss?.classWeights, [0.625, 2.5]);
  });

  const wrong: [object, RegExp][] = [
    [{ epochs: 'many' }, /^r: epochs is "many": /],
    [{ model: { name: 'lenet', width: 0 } }, /^r: model\.width is 0: /],
    [{ speed: 3 }, /^r: the recipe is .*speed/],
    [{ augmentation: [{ kind: 'rotation', degrees: 999 }] }, /^r: augmentation\.0\.degrees is 999: /],
    [{ augmentation: [{ kind: 'swirl' }] }, /^r: augmentation\.0\.kind is "swirl": /],
    [{ keep: 'best' }, /^r: keep needs pictures for validation/],
  ];
  for (const [content, message] of wrong) {
    it(`is refused by key and value: ${JSON.stringify(content)}`, () => {
      assert.throws(() => parseRecipe(content, 'r'), { code: 'INK_RECIPE_INVALID', message });
    });
  }

  it('is refused when it is not YAML', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'recipe.yaml');
      await writeFile(file, 'epochs: [1');
      await assert.rejects(readRecipe(file), { code: 'INK_RECIPE_INVALID', message: /recipe\.yaml is not YAML: / });
    }));
});
