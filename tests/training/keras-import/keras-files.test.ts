import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { weightsHash } from '@inkcast/training/checkpoint';
import { writeHdf5 } from '@inkcast/training/hdf5';
import { importKerasModel } from '@inkcast/training/keras-import';
import type { ImportedModel } from '@inkcast/training/network-assembly';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { drawWeights } from './support/compare.js';
import { asHdf5, asKerasArchive } from './support/keras-files.js';
import { asKeras2, asKeras3 } from './support/keras-formats.js';
import { MODELS } from './support/models.js';
import { type SavedFiles, savedFiles, writeModel } from './support/save-model.js';

const importFile = (name: string, bytes: Uint8Array): Promise<ImportedModel> =>
  inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, name), bytes);
    return importKerasModel(join(folder, name));
  });

async function sample(name: string): Promise<SavedFiles> {
  const model = MODELS[name].make();
  drawWeights(model, 4);
  return savedFiles(model);
}

const FORMS: Readonly<Record<string, readonly [string, (files: SavedFiles) => Promise<Uint8Array>]>> = {
  'a .h5 file of Keras 2, with another ending': ['model.keras', (files) => asHdf5(asKeras2(files))],
  'a .h5 file of Keras 3': ['model.hdf5', (files) => asHdf5(asKeras3(files))],
  'a .keras file of Keras 3': ['model.keras', (files) => asKerasArchive(asKeras3(files))],
  'a .keras file of Keras 2.13': [
    'model.keras',
    (files) =>
      asKerasArchive(asKeras2(files), {
        container: '_layer_checkpoint_dependencies',
        separator: '/',
        countsTwice: true,
      }),
  ],
  'a .keras file of Keras 2.13 on Windows': [
    'model.keras',
    (files) =>
      asKerasArchive(asKeras2(files), {
        container: '_layer_checkpoint_dependencies',
        separator: '\\',
        countsTwice: true,
      }),
  ],
};

/** `asKeras2` writes the axis of a map's normalisation. */
const NORMALISES_VECTORS = /vectors that are normalised|a chain of layers/;

const refusal = (name: string, bytes: Uint8Array): Promise<InkError> =>
  importFile(name, bytes).then(
    () => assert.fail('it was converted'),
    (error: unknown) => {
      if (error instanceof InkError) return error;
      throw error;
    },
  );

describe('a file of Keras', () => {
  const samples = new Map<string, { readonly files: SavedFiles; readonly expected: ImportedModel }>();
  before(async () => {
    for (const name of Object.keys(MODELS).filter((each) => !NORMALISES_VECTORS.test(each))) {
      const files = await sample(name);
      const expected = await inTemporaryFolder(async (folder) => importKerasModel(await writeModel(folder, files)));
      samples.set(name, { files, expected });
    }
  });

  for (const [form, [file, make]] of Object.entries(FORMS)) {
    it(`gives the networks that a model.json gives: ${form}`, async () => {
      assert.ok(samples.size > 10);
      for (const [name, { files, expected }] of samples) {
        const { trained, generatedBy } = await importFile(file, await make(files));
        assert.equal(weightsHash(trained.parameters), weightsHash(expected.trained.parameters), name);
        assert.deepEqual(trained.network, expected.trained.network, name);
        assert.match(generatedBy, /^keras v[23]\.\d+/);
      }
    });
  }

  it('is refused where a nested model has another name in it than its weights have', async () => {
    const files = asKeras2(await sample('a model in a model'));
    const [first, ...others] = files.json.weightsManifest[0].weights;
    const renamed = [{ ...first, name: 'gone/kernel:0' }, ...others];
    const json = { ...files.json, weightsManifest: [{ ...files.json.weightsManifest[0], weights: renamed }] };
    const { code, message } = await refusal('model.h5', await asHdf5({ ...files, json }));
    assert.equal(code, 'INK_CONVERT_INVALID');
    assert.match(message, /the weight ".*\/kernel" is missing/);
  });

  it('is refused where it holds weights only, or none', async () => {
    const group = { attributes: new Map(), groups: new Map(), tensors: new Map() };
    const only = await refusal('only.weights.h5', await writeHdf5(group));
    assert.equal(only.code, 'INK_CONVERT_UNSUPPORTED');
    assert.match(only.message, /only\.weights\.h5 holds weights without their layers.*model\.save/);
    const config = JSON.stringify({ class_name: 'Sequential', config: { layers: [] } });
    const none = await refusal(
      'none.h5',
      await writeHdf5({ ...group, attributes: new Map([['model_config', config]]) }),
    );
    assert.equal(none.code, 'INK_CONVERT_INVALID');
    assert.match(none.message, /no model_weights/);
    const text = { 'config.json': strToU8(config), 'metadata.json': strToU8('{"keras_version":"3.1.0"}') };
    const archive = await refusal('none.keras', zipSync(text));
    assert.match(archive.message, /none\.keras has no model\.weights\.h5/);
    const other = await refusal('other.keras', zipSync({ 'a.txt': strToU8('a') }));
    assert.match(other.message, /no config\.json/);
  });

  for (const [name, make] of [
    ['model.h5', async () => asHdf5(asKeras2(await sample('rows of pixels')))],
    ['model.keras', async () => asKerasArchive(asKeras3(await sample('rows of pixels')))],
  ] as const) {
    it(`is refused with one sentence or read, never anything else, where it is damaged: ${name}`, async () => {
      const bytes = await make();
      const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 40,
      });
      const length = fc.option(fc.nat(bytes.length), { freq: 3, nil: bytes.length });
      await fc.assert(
        fc.asyncProperty(damage, length, async (changes, end) => {
          const damaged = bytes.slice();
          for (const [at, value] of changes) damaged[at] = value;
          await importFile(name, damaged.subarray(0, end)).catch((error: unknown) => {
            if (!(error instanceof InkError)) throw error;
            assert.match(error.code, /^INK_(CONVERT_(INVALID|UNSUPPORTED)|GRAPH_INVALID|USAGE)$/);
          });
        }),
        { numRuns: 40 },
      );
    });
  }
});
