import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, openRuntime, shippedModels } from '@inkcast/device/inference';
import { openOpenCvWasm } from '@inkcast/device/vision';
import type { Runtime } from '@inkcast/reader/inference';
import { openFrameReader } from '@inkcast/reader/reading';
import { type Bundle, readBundle } from '@inkcast/shared/bundle/content';

const DIGITS = join(shippedModels(), 'digits');

/** A runtime that says what is open. */
async function countingRuntime(): Promise<{ readonly runtime: Runtime; readonly open: Set<unknown> }> {
  const inner = await openRuntime({ choice: 'wasm' });
  const open = new Set<unknown>([inner]);
  const runtime: Runtime = {
    open: (model) => {
      const backEnd = inner.open(model);
      open.add(backEnd);
      return {
        name: backEnd.name,
        run: (input) => backEnd.run(input),
        close: () => {
          open.delete(backEnd);
          backEnd.close();
        },
      };
    },
    close: () => {
      assert.deepEqual([...open], [inner], 'the runtime is closed last');
      open.delete(inner);
      inner.close();
    },
  };
  return { runtime, open };
}

describe('a frame reader with one runtime', () => {
  let bundle: Bundle;
  before(async () => {
    bundle = await openCheckedBundle(DIGITS);
  });

  it('reads what the device reads, from the bytes of a bundle', async () => {
    const scene = await decodePicture('assets/scenes/photos/01-note.jpg');
    const engine = await openReadingEngine(bundle, { vision: 'wasm', backEnd: 'wasm' });
    const { runtime, open } = await countingRuntime();
    const loaded: string[] = [];
    const read = (file: string) => {
      loaded.push(file);
      return readFile(join(DIGITS, file));
    };
    const fromBytes = await readBundle({ folder: 'digits', read, sha256: async () => undefined }, 'reading');
    assert.deepEqual(
      loaded.sort(),
      ['judgement.json', 'manifest.json', 'model.tflite', 'spotter.tflite', 'verifier.tflite'],
      'nothing for learning',
    );
    const { reader, close } = openFrameReader(await openOpenCvWasm(), fromBytes, runtime);
    try {
      const { reading } = reader.read(scene);
      assert.ok(reading.digits.length > 0);
      assert.deepEqual(reading, engine.reader.read(scene).reading);
    } finally {
      engine.close();
      close();
    }
    assert.equal(open.size, 0);
  });

  for (const part of ['verifier', 'judgement'] as const) {
    it(`is refused for a bundle without a ${part}, and leaves nothing open`, async () => {
      const { runtime, open } = await countingRuntime();
      const operations = await openOpenCvWasm();
      assert.throws(() => openFrameReader(operations, { ...bundle, [part]: undefined }, runtime), {
        code: 'INK_BUNDLE_INVALID',
      });
      assert.equal(open.size, 0);
    });
  }

  it('is refused for a bundle without a spotter, and leaves nothing open', async () => {
    const { runtime, open } = await countingRuntime();
    const operations = await openOpenCvWasm();
    assert.throws(() => openFrameReader(operations, { ...bundle, spotters: [] }, runtime), {
      code: 'INK_BUNDLE_INVALID',
    });
    assert.equal(open.size, 0);
  });

  it('reads a bundle of other classes than digits from ink alone, with no network but the classifier', async () => {
    const { runtime, open } = await countingRuntime();
    const manifest = { ...bundle.manifest, labels: [...'ABCDEFGHIJ', 'none'] };
    const { reader, close } = openFrameReader(await openOpenCvWasm(), { ...bundle, manifest }, runtime);
    assert.equal(open.size, 2, 'the runtime and one model');
    const scene = await decodePicture('assets/scenes/photos/01-note.jpg');
    assert.ok(reader.read(scene).reading.digits.every(({ digit }) => typeof digit === 'string'));
    close();
    assert.equal(open.size, 0);
  });
});
