import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineOptions, openReadingEngine } from '@inkcast/device/daemon';
import { companionsOf, openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import type { Bundle } from '@inkcast/shared/bundle';
import { addToBundle } from '@inkcast/training/bundle';
import { addedSpotter } from '../../support/sample-spotter.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

/** The size of the spotter that is opened, and what was noted. */
async function openedWith(bundle: Bundle, options: EngineOptions) {
  const notes: string[] = [];
  const engine = await openReadingEngine(bundle, { ...options, onNote: (note) => notes.push(note) });
  const { size } = engine.models.spotter;
  engine.close();
  return { size, notes };
}

describe('the reading engine', () => {
  it('opens the spotter of the size that is asked for, out of the bundle that has the classifier', () =>
    inTemporaryFolder(async (folder) => {
      const own = join(folder, 'own');
      await cp(join(shippedModels(), 'digits'), own, { recursive: true });
      await addToBundle(own, { spotters: [addedSpotter('standard', 32, 48), addedSpotter('small', 16, 32)] });
      const bundle = await openCheckedBundle(own);
      assert.deepEqual(await openedWith(bundle, {}), { size: 'standard', notes: [] });
      assert.deepEqual(await openedWith(bundle, { spotter: 'small' }), { size: 'small', notes: [] });
    }));

  it('opens the spotter that ships for a classifier alone', async () => {
    const lenet = await openCheckedBundle(join(shippedModels(), 'lenet'));
    const [{ description }] = (await companionsOf(lenet)).spotters;
    assert.equal((await openedWith(lenet, { spotter: description.size })).size, description.size);
  });

  it('says once that both networks run as WASM', () =>
    inTemporaryFolder(async (folder) => {
      const own = join(folder, 'own');
      await cp(join(shippedModels(), 'digits'), own, { recursive: true });
      await addToBundle(own, { spotters: [addedSpotter('standard', 32, 48)] });
      const { notes } = await openedWith(await openCheckedBundle(own), { library: '/nowhere/libtensorflowlite_c.so' });
      assert.equal(notes.filter((note) => note.includes('WASM')).length, 1);
    }));
});
