import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { weightsHash } from '@inkcast/training/checkpoint';
import { importKerasModel } from '@inkcast/training/keras-import';
import type { ImportedModel } from '@inkcast/training/network-assembly';
import { z } from 'zod';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { comparePredictions, drawWeights } from './support/compare.js';
import { asKeras2, asKeras3 } from './support/keras-formats.js';
import { keras3Export, keras3Twin } from './support/keras3-export.js';
import { MODELS } from './support/models.js';
import { type SavedFiles, savedFiles, writeModel } from './support/save-model.js';

const convert = (files: SavedFiles): Promise<ImportedModel> =>
  inTemporaryFolder(async (folder) => importKerasModel(await writeModel(folder, files)));

async function sample(name: string): Promise<SavedFiles> {
  const model = MODELS[name].make();
  drawWeights(model, 4);
  return savedFiles(model);
}

/** The same weights, each value turned into `bytes` bytes. */
function packed(
  files: SavedFiles,
  bytes: 1 | 2,
  quantization: object,
  toStored: (value: number) => number,
): SavedFiles {
  const values = new Float32Array(Uint8Array.from(files.weights).buffer);
  const stored = bytes === 1 ? Uint8Array.from(values, toStored) : Uint16Array.from(values, toStored);
  const [group] = files.json.weightsManifest;
  const weights = group.weights.map((weight) => ({ ...weight, quantization }));
  return {
    json: { ...files.json, weightsManifest: [{ ...group, weights }] },
    weights: new Uint8Array(stored.buffer),
  };
}

/** The nearest binary16 of a normal number. */
function toHalf(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + fraction;
}

describe('forms of a model.json', () => {
  for (const [maker, as] of [
    ['Keras 2', asKeras2],
    ['Keras 3', asKeras3],
  ] as const) {
    for (const name of ['a chain of layers', 'depthwise and separable convolutions', 'attention over channels']) {
      it(`gives the same network from ${maker}: ${name}`, async () => {
        const files = await sample(name);
        const [ours, theirs] = [await convert(files), await convert(as(files))];
        assert.deepEqual(theirs.trained.network, ours.trained.network);
        assert.equal(weightsHash(theirs.trained.parameters), weightsHash(ours.trained.parameters));
        assert.match(theirs.generatedBy, /keras v\d/);
      });
    }
  }

  it('predicts what Keras 3 would, from an export as Keras 3 serializes it', async () => {
    const twin = keras3Twin();
    drawWeights(twin, 9);
    const { trained, generatedBy } = await convert(keras3Export(twin));
    assert.equal(generatedBy, 'keras v3.5.0, TensorFlow.js Converter v4.22.0');
    await comparePredictions(trained, twin);
  });

  it('gives the same network from weights in several files and groups, and a bare list of layers', async () => {
    const files = await sample('a chain of layers');
    const expected = await convert(files);
    const [{ weights }] = files.json.weightsManifest;
    const before = weights.slice(0, 2).reduce((sum, { shape }) => sum + 4 * shape.reduce((a, b) => a * b, 1), 0);
    const groups = [
      { paths: ['group1-shard1of1.bin'], weights: weights.slice(0, 2) },
      { paths: ['group2-shard1of2.bin', 'group2-shard2of2.bin'], weights: weights.slice(2) },
    ];
    const seed = { name: 'seed_generator/state', shape: [2], dtype: 'int32' };
    await inTemporaryFolder(async (folder) => {
      const json = { ...files.json, weightsManifest: [{ paths: ['seed.bin'], weights: [seed] }] };
      await writeModel(folder, { json, weights: new Uint8Array(8) });
      await writeModel(folder, {
        json: { ...files.json, weightsManifest: [groups[0]] },
        weights: files.weights.subarray(0, before),
      });
      await writeModel(folder, {
        json: { ...files.json, weightsManifest: [groups[1]] },
        weights: files.weights.subarray(before),
      });
      const topology = z.object({ config: z.object({ layers: z.array(z.unknown()) }) }).parse(json.modelTopology);
      const modelTopology = { class_name: 'Sequential', config: topology.config.layers };
      const all = { ...json, modelTopology, weightsManifest: [...json.weightsManifest, ...groups] };
      await writeFile(join(folder, 'model.json'), JSON.stringify(all));
      const { trained } = await importKerasModel(join(folder, 'model.json'));
      assert.equal(weightsHash(trained.parameters), weightsHash(expected.trained.parameters));
    });
  });

  for (const [form, bytes, quantization, toStored] of [
    ['float16', 2, { dtype: 'float16', original_dtype: 'float32' }, toHalf],
    ['uint16', 2, { dtype: 'uint16', min: -4, scale: 2 ** -13 }, (value: number) => Math.round((value + 4) * 2 ** 13)],
    ['uint8', 1, { dtype: 'uint8', min: -4, scale: 2 ** -5 }, (value: number) => Math.round((value + 4) * 2 ** 5)],
  ] as const) {
    it(`reads weights that are kept as ${form}`, async () => {
      const files = await sample('rows of pixels');
      const { parameters: expected } = (await convert(files)).trained;
      const { parameters } = (await convert(packed(files, bytes, quantization, toStored))).trained;
      const most = form === 'uint8' ? 2 ** -6 : 2 ** -10;
      for (const [name, { data }] of expected) {
        const actual = parameters.get(name)?.data ?? assert.fail(`${name} is missing`);
        data.forEach((value, index) => {
          assert.ok(Math.abs(actual[index] - value) <= most, `${name} ${index}: ${actual[index]} instead of ${value}`);
        });
      }
    });
  }
});
