import assert from 'node:assert/strict';
import { importKerasModel } from '@inkcast/training/keras-import';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { comparePredictions, drawWeights } from './support/compare.js';
import { MODELS } from './support/models.js';
import { savedFiles, writeModel } from './support/save-model.js';

describe('a model saved by TensorFlow.js', () => {
  for (const [name, { make, ...expectation }] of Object.entries(MODELS)) {
    it(`predicts the same as a network: ${name}`, async () => {
      await inTemporaryFolder(async (folder) => {
        const model = make();
        drawWeights(model, 3);
        const path = await writeModel(folder, await savedFiles(model));
        const { trained, addedSoftmax, range } = await importKerasModel(path);
        assert.equal(addedSoftmax, expectation.logits ?? false);
        assert.equal(range[1], expectation.toInput?.(1) ?? 1);
        await comparePredictions(trained, model, expectation);
      });
    });
  }
});
