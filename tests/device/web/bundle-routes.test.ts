import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedModels } from '@inkcast/device/inference';
import { errorSchema } from '@inkcast/device/web';
import { served } from './support/served.js';

describe('the API of the model in use', () => {
  it('gives the networks of the classifier and of its companions, byte by byte', () =>
    served(async ({ url }) => {
      for (const [part, bundle, file] of [
        ['classifier', 'lenet', 'model.tflite'],
        ['companions', 'digits', 'spotter.tflite'],
      ]) {
        const answer = await fetch(`${url}api/bundle/${part}/${file}`);
        assert.equal(answer.status, 200);
        const expected = await readFile(join(shippedModels(), bundle, file));
        assert.ok(expected.equals(Buffer.from(await answer.arrayBuffer())));
      }
    }));

  it('gives nothing that was learned from, nothing of another folder, and says what there is not', () =>
    served(async ({ url }) => {
      const refused = [
        'classifier/weights.safetensors',
        'companions/replay.bin',
        'classifier/..%2Fdigits%2Fmodel.tflite',
      ];
      for (const path of refused) {
        const answer = await fetch(`${url}api/bundle/${path}`);
        assert.equal(answer.status, 400, path);
      }
      const missing = await fetch(`${url}api/bundle/classifier/spotter.tflite`);
      assert.equal(missing.status, 404);
      assert.equal(errorSchema.parse(await missing.json()).code, 'INK_WEB_NOT_FOUND');
    }));
});
