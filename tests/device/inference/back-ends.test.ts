import assert from 'node:assert/strict';
import { type BackEndChoice, openBackEnd } from '@inkcast/device/inference';
import { type ErrorCode, InkError } from '@inkcast/shared/errors';
import { edgeTpuModel, plainModel } from './support/edge-tpu.js';

const coded =
  (code: ErrorCode) =>
  (error: unknown): boolean =>
    error instanceof InkError && error.code === code;

/** What the model says about some pictures, real values within one step of 1/256. */
async function outputsOf(choice: BackEndChoice): Promise<number[]> {
  const backEnd = await openBackEnd({ model: plainModel() }, { choice });
  try {
    assert.equal(backEnd.name, choice === 'auto' ? 'cpu' : choice);
    return Array.from({ length: 50 }, (_, picture) => [
      ...backEnd.run(Int8Array.from({ length: 784 }, (_, index) => ((index * (picture + 3) * 53) % 256) - 128)),
    ]).flat();
  } finally {
    backEnd.close();
  }
}

describe('inference back ends', () => {
  it('say the same, up to two steps of the last bit', async () => {
    const expected = await outputsOf('cpu');
    for (const choice of ['wasm', 'inkcast', 'auto'] as const) {
      const outputs = await outputsOf(choice);
      const apart = outputs.map((value, index) => Math.abs(value - expected[index]));
      assert.ok(Math.max(...apart) <= 2, `${choice}: ${apart}`);
    }
  });

  it("take Inkcast's engine where no native library can be loaded, and say so", async () => {
    const notes: string[] = [];
    const settings = { library: '/nowhere/libtensorflowlite_c.so', onNote: (note: string) => notes.push(note) };
    const backEnd = await openBackEnd({ model: plainModel() }, { choice: 'auto', ...settings });
    assert.equal(backEnd.name, 'inkcast');
    backEnd.close();
    assert.equal(notes.length, 1);
    assert.match(notes[0], /own engine.*nowhere/);
    await assert.rejects(
      openBackEnd({ model: plainModel() }, { choice: 'cpu', ...settings }),
      coded('INK_TFLITE_LIBRARY'),
    );
  });

  it("take Inkcast's engine on a small machine, and where no native library exists", async () => {
    const GIGABYTE = 1e9;
    for (const [memoryBytes, hasNativeLibraries, expected] of [
      [0.4 * GIGABYTE, true, 'inkcast'],
      [4 * GIGABYTE, false, 'inkcast'],
      [0.92 * GIGABYTE, true, 'cpu'],
    ] as const) {
      const machine = { memoryBytes, hasNativeLibraries };
      const backEnd = await openBackEnd({ model: plainModel() }, { choice: 'auto', machine });
      assert.equal(backEnd.name, expected);
      backEnd.close();
    }
  });

  it('keep running on the processor where there is no accelerator, with the reason', async () => {
    const refusals: (InkError | undefined)[] = [];
    const backEnd = await openBackEnd(
      { model: plainModel() },
      {
        choice: 'coral',
        coral: { edgeTpu: '/nowhere/libedgetpu.so.1', onChange: (refusal) => refusals.push(refusal) },
      },
    );
    assert.equal(backEnd.name, 'cpu');
    assert.ok(backEnd.refusal instanceof InkError);
    assert.deepEqual(refusals, [backEnd.refusal]);
    backEnd.close();
  });

  it('refuse what is no model, or what they cannot run', async () => {
    for (const choice of ['cpu', 'wasm', 'inkcast'] as const) {
      await assert.rejects(openBackEnd({ model: new Uint8Array(100) }, { choice }), coded('INK_TFLITE_INVALID'));
      await assert.rejects(openBackEnd({ model: edgeTpuModel() }, { choice }), coded('INK_TFLITE_INTERPRETER'));
    }
  });
});
