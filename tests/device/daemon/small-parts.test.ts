import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture } from '@inkcast/device/camera';
import { openDigitEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, shippedModels } from '@inkcast/device/inference';

describe('the small parts', () => {
  it('read every sample scene as the defaults do', async function () {
    this.timeout(120_000);
    const bundle = await openCheckedBundle(join(shippedModels(), 'digits'));
    const defaults = await openDigitEngine(bundle, { vision: 'wasm', backEnd: 'cpu' });
    const small = await openDigitEngine(bundle, { vision: 'kernels', backEnd: 'inkcast' });
    try {
      assert.deepEqual([small.vision, small.backEnd], ['kernels', 'inkcast']);
      const folder = 'assets/scenes/photos';
      const scenes = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
      assert.ok(scenes.length > 0);
      for (const scene of scenes) {
        const frame = await decodePicture(join(folder, scene));
        const [expected, { reading }] = [defaults.reader.read(frame).reading, small.reader.read(frame)];
        assert.deepEqual(reading.rows, expected.rows, scene);
      }
    } finally {
      small.close();
      defaults.close();
    }
  });
});
