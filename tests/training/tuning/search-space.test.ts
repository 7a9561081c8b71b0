import assert from 'node:assert/strict';
import { parseRecipe } from '@inkcast/training/recipe';
import {
  applyChoice,
  DEFAULT_SPACE,
  gridChoices,
  halvingRungs,
  parseTuningPlan,
  randomChoices,
} from '@inkcast/training/tuning';
import fc from 'fast-check';

describe('a search space', () => {
  it('gives a grid every combination, and the ends and the middle of a range', () => {
    const choices = gridChoices({ learningRate: { low: 0.0001, high: 0.01 }, batchSize: [32, 64] });
    assert.deepEqual(
      choices.map(({ learningRate, batchSize }) => [Number(learningRate?.toPrecision(6)), batchSize]),
      [0.0001, 0.001, 0.01].flatMap((rate) => [32, 64].map((batch) => [rate, batch])),
    );
    assert.equal(gridChoices(DEFAULT_SPACE).length, 3 * 3 * 2 * 2);
  });

  it('field report 10: with more combinations than fit into memory is refused as a grid', () => {
    const rates = Array.from({ length: 300 }, (_, index) => (index + 1) / 1000);
    const sizes = Array.from({ length: 300 }, (_, index) => index + 1);
    const depths = sizes.map((size) => size / 100);
    assert.throws(() => gridChoices({ learningRate: rates, batchSize: sizes, depth: depths, width: depths }), {
      code: 'INK_RECIPE_INVALID',
      message: 'The grid has 8100000000 combinations, and at most 1000 are tried.',
    });
  });

  it('field report 10: has the bounds of a recipe', () => {
    const recipe = { validation: 0.1 };
    const plan = (space: object) => parseTuningPlan({ recipe, space, strategy: 'grid', trials: 1, factor: 2 });
    assert.deepEqual(plan({ batchSize: [4096], width: [16] }).space, { batchSize: [4096], width: [16] });
    for (const space of [{ batchSize: [1_000_000] }, { width: [1000] }, { depth: [1000] }]) {
      assert.throws(() => plan(space), { code: 'INK_RECIPE_INVALID' });
    }
  });

  it('draws points in it by the seed; the first points do not depend on the number', () => {
    const many = randomChoices(DEFAULT_SPACE, 200, 3);
    for (const { learningRate = 0, batchSize = 0 } of many) {
      assert.ok(learningRate >= 0.0001 && learningRate <= 0.001);
      assert.ok([32, 64, 128].includes(batchSize));
    }
    // Even on a logarithmic scale: about half the rates lie below the middle.
    const low = many.filter(({ learningRate = 0 }) => learningRate < Math.sqrt(1e-7)).length;
    assert.ok(low > 70 && low < 130, String(low));
    assert.deepEqual(randomChoices(DEFAULT_SPACE, 5, 3), many.slice(0, 5));
    assert.notDeepEqual(randomChoices(DEFAULT_SPACE, 5, 4), many.slice(0, 5));
  });

  it('changes only the keys of a recipe that it names', () => {
    const recipe = parseRecipe({ learningRate: 0.5, seed: 9 }, 'r');
    assert.deepEqual(applyChoice(recipe, {}), recipe);
    const changed = applyChoice(recipe, { learningRate: 0.1, depth: 2, augmentation: 'tutorial' });
    assert.deepEqual(
      [changed.learningRate, changed.model.depth, changed.augmentation.map(({ kind }) => kind), changed.seed],
      [0.1, 2, ['rotation', 'zoom', 'shift'], 9],
    );
  });
});

describe('successive halving', () => {
  it('gives nine trials one epoch, three of them three, the best nine', () => {
    assert.deepEqual(halvingRungs(9, 9, 3), [
      { epochs: 1, trials: 9 },
      { epochs: 3, trials: 3 },
      { epochs: 9, trials: 1 },
    ]);
  });

  it('begins with all trials, ends with one at all epochs, and loses some in every round', () => {
    const number = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(number(200), number(100), fc.integer({ min: 2, max: 5 }), (trials, epochs, factor) => {
        const rungs = halvingRungs(trials, epochs, factor);
        assert.equal(rungs[0].trials, trials);
        assert.equal(rungs.at(-1)?.epochs, epochs);
        rungs.slice(1).forEach((rung, index) => {
          assert.ok(rung.epochs > rungs[index].epochs);
          assert.ok(rung.trials < rungs[index].trials);
        });
      }),
    );
  });
});
