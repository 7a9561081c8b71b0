import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineOptions, openDigitEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import type { Bundle } from '@inkcast/shared/bundle';
import { addToBundle } from '@inkcast/training/bundle';
import { addedSpotter } from '../../support/sample-spotter.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

/** The first octave of the spotter, and the notes. */
async function openedWith(bundle: Bundle, options: EngineOptions) {
  const notes: string[] = [];
  const engine = await openDigitEngine(bundle, { ...options, onNote: (note) => notes.push(note) });
  const { finest } = engine.models.spotter;
  engine.close();
  return { finest, notes };
}

describe('the reading engine', () => {
  it('looks at every second pixel with its one spotter where it is to be small', async () => {
    const bundle = await openCheckedBundle(join(shippedModels(), 'digits'));
    assert.deepEqual(await openedWith(bundle, {}), { finest: 1, notes: [] });
    assert.deepEqual(await openedWith(bundle, { spotter: 'small' }), { finest: 2, notes: [] });
  });

  it('opens the spotter that ships for a classifier alone', async () => {
    const lenet = await openCheckedBundle(join(shippedModels(), 'lenet'));
    assert.deepEqual(await openedWith(lenet, {}), { finest: 1, notes: [] });
  });

  it("says once that Inkcast's own engine runs the networks", () =>
    inTemporaryFolder(async (folder) => {
      const own = join(folder, 'own');
      await cp(join(shippedModels(), 'digits'), own, { recursive: true });
      await addToBundle(own, { spotters: [addedSpotter('standard', 32, 48)] });
      const { notes } = await openedWith(await openCheckedBundle(own), { library: '/nowhere/libtensorflowlite_c.so' });
      assert.equal(notes.filter((note) => note.includes('own engine')).length, 1);
    }));
});
