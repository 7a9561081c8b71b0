import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { companionsOf, openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import { addToBundle } from '@inkcast/training/bundle';
import { sampleJudgement } from '../../support/sample-judgement.js';
import { addedSpotter } from '../../support/sample-spotter.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

describe('what is used beside a classifier', () => {
  it('is what its bundle has, and what ships where that is a classifier alone', () =>
    inTemporaryFolder(async (folder) => {
      const shipped = join(folder, 'digits');
      await cp(join(shippedModels(), 'lenet'), shipped, { recursive: true });
      await addToBundle(shipped, { spotters: [addedSpotter('standard', 32, 48)], judgement: sampleJudgement() });
      const lenet = await openCheckedBundle(join(shippedModels(), 'lenet'));
      const lent = await companionsOf(lenet, folder);
      assert.deepEqual(
        lent.spotters.map(({ description }) => description.input.shape),
        [[1, 32, 48, 1]],
      );
      assert.deepEqual(lent.judgement, sampleJudgement());

      const own = join(folder, 'own');
      await cp(join(shippedModels(), 'lenet'), own, { recursive: true });
      await addToBundle(own, { spotters: [addedSpotter('small', 16, 32)] });
      const bundle = await openCheckedBundle(own);
      const companions = await companionsOf(bundle, folder);
      // The judgement that ships knows nothing of this spotter.
      assert.deepEqual([companions.folder, companions.judgement], [own, undefined]);
    }));
});
