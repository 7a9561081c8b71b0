import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openBundle } from '@inkcast/shared/bundle';
import { type BundleSource, bundleContent, writeBundle } from '@inkcast/training/bundle';
import { weightsHash } from '@inkcast/training/checkpoint';
import { Scoring } from '@inkcast/training/evaluation';
import { buildModel, initializeParameters } from '@inkcast/training/models';
import { parseRecipe } from '@inkcast/training/recipe';
import { openTrained } from '@inkcast/training/trainer';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const network = buildModel('lenet', { width: 0.25, classes: 2 });
const trained = { network, parameters: initializeParameters(network, 1), labels: ['0', '1'] };

const source: BundleSource = {
  name: 'sample',
  version: '1.2.3',
  trained,
  recipe: parseRecipe({ model: { width: 0.25 }, seed: 4 }, 'r'),
  summary: {
    weightsSha256: weightsHash(trained.parameters),
    dataset: { name: 'mnist', sha256: { file: 'sum' } },
    madeWith: { inkcast: '0.1.0', engine: 'wasm-simd' },
  },
  history: [],
  test: { name: 'mnist', sha256: { tested: 'sum' }, labels: Uint16Array.of(0, 1, 1) },
  tested: { data: { kind: 'mnist' } },
};

describe('a bundle made of a run', () => {
  it('contains the int8 model, the float weights, the recipe and the results', () =>
    inTemporaryFolder(async (parent) => {
      const scoring = new Scoring(trained.labels);
      scoring.add(Float32Array.of(0.75, 0.25), 0);
      const score = scoring.score();
      const quantized = {
        model: Uint8Array.of(1, 2, 3),
        input: { shape: [1, 28, 28, 1], dtype: 'int8' as const, scale: 1 / 255, zeroPoint: -128 },
        output: { shape: [1, 2], dtype: 'int8' as const, scale: 1 / 256, zeroPoint: -128 },
        calibration: { method: 'minmax', images: 500 },
        layers: [],
        temperature: 1.25,
        expectedCalibrationError: { before: 0.02, after: 0.01 },
      };
      const folder = join(parent, 'sample');
      const made = new Date('2026-02-03T04:05:06Z');
      await writeBundle(folder, bundleContent(source, quantized, { float: score, int8: score }, made));
      const { manifest, model } = await openBundle(folder);
      assert.deepEqual([...model], [1, 2, 3]);
      assert.equal(manifest.created, '2026-02-03T04:05:06.000Z');
      assert.equal(manifest.temperature, 1.25);
      assert.deepEqual(manifest.testedOn, {
        ...{ data: { kind: 'mnist' }, name: 'mnist', pictures: 3, sha256: { tested: 'sum' } },
      });
      assert.deepEqual(manifest.metrics.int8, {
        accuracy: 1,
        loss: -Math.log(0.75),
        perClass: [1, null],
        confusion: [
          [1, 0],
          [0, 0],
        ],
      });
      assert.deepEqual(parseRecipe(manifest.recipe, 'manifest'), source.recipe);
      const { parameters, labels } = await openTrained(folder);
      assert.equal(weightsHash(parameters), source.summary.weightsSha256);
      assert.deepEqual(labels, ['0', '1']);
    }));
});
