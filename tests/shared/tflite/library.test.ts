import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import { writeTflite } from '@inkcast/training/tflite';
import { sampleModel } from '../../support/sample-tflite.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const coded =
  (code: string, message = /./) =>
  (error: unknown): boolean =>
    error instanceof InkError && error.code === code && message.test(error.message);

/** Runs `work` and checks that everything native is freed in the end. */
function withLibrary(work: (library: TfLiteLibrary) => void): void {
  const library = openTfLite();
  try {
    work(library);
  } finally {
    library.close();
  }
  assert.equal(library.openHandles, 0);
}

describe('the TensorFlow Lite binding', () => {
  const file = writeTflite(sampleModel());
  const picture = Int8Array.from({ length: 36 }, (_, index) => ((index * 53) % 256) - 128);

  it('opens the library that ships', () => {
    withLibrary((library) => assert.equal(library.version, '2.9.0'));
  });

  it('reports name, shape, type, scale and zero point of inputs and outputs', () => {
    withLibrary((library) => {
      const interpreter = library.loadModel(file).createInterpreter();
      const [input] = interpreter.inputs;
      const [output] = interpreter.outputs;
      assert.deepEqual([input.name, input.type, input.shape], ['image', 'int8', [1, 6, 6, 1]]);
      assert.deepEqual(input.quantization, { scale: Math.fround(1 / 255), zeroPoint: -128 });
      assert.deepEqual([output.name, output.type, output.shape], ['probabilities', 'int8', [1, 3]]);
      assert.deepEqual(output.quantization, { scale: 1 / 256, zeroPoint: -128 });
      assert.equal(interpreter.threads, 1);
    });
  });

  for (const delegate of ['none', 'xnnpack'] as const) {
    it(`runs an int8 model, delegate ${delegate}`, () => {
      withLibrary((library) => {
        const interpreter = library.loadModel(file).createInterpreter({ delegate });
        assert.equal(interpreter.delegate, delegate);
        interpreter.inputs[0].data.set(picture);
        interpreter.invoke();
        const total = [...interpreter.outputs[0].data].reduce((sum, value) => sum + value + 128, 0);
        assert.ok(Math.abs(total - 256) <= 3, `probabilities sum up to ${total}/256`);
      });
    });
  }

  it('runs several pictures per call with a variable batch', () => {
    withLibrary((library) => {
      const model = library.loadModel(file);
      const single = model.createInterpreter();
      const three = model.createInterpreter({ batch: 3 });
      assert.deepEqual(three.inputs[0].shape, [3, 6, 6, 1]);
      single.inputs[0].data.set(picture);
      single.invoke();
      three.inputs[0].data.set(picture, 2 * 36);
      three.invoke();
      assert.deepEqual(three.outputs[0].data.subarray(6, 9), single.outputs[0].data);
      assert.throws(() => model.createInterpreter({ batch: 0 }), coded('INK_TFLITE_INTERPRETER'));
    });
  });

  it('keeps a copy of the file, so that the caller may reuse its bytes', () => {
    withLibrary((library) => {
      const bytes = Uint8Array.from(file);
      const model = library.loadModel(bytes);
      bytes.fill(0);
      const interpreter = model.createInterpreter();
      interpreter.inputs[0].data.set(picture);
      interpreter.invoke();
      const expected = library.loadModel(file).createInterpreter();
      expected.inputs[0].data.set(picture);
      expected.invoke();
      assert.deepEqual(interpreter.outputs[0].data, expected.outputs[0].data);
    });
  });

  it('counts what is open, and frees it in the right order', () => {
    withLibrary((library) => {
      const model = library.loadModel(file);
      assert.equal(library.openHandles, 2);
      const interpreter = model.createInterpreter({ delegate: 'xnnpack' });
      assert.equal(library.openHandles, 5);
      model.createInterpreter();
      model.close();
      assert.equal(library.openHandles, 0);
      interpreter.close();
      assert.throws(() => interpreter.invoke(), coded('INK_TFLITE_INTERPRETER', /closed/));
      assert.throws(() => interpreter.inputs[0].data, coded('INK_TFLITE_INTERPRETER', /closed/));
      assert.throws(() => model.createInterpreter(), coded('INK_TFLITE_INTERPRETER', /closed/));
    });
  });

  it('frees everything when TensorFlow Lite refuses a model, and passes its message on', () => {
    withLibrary((library) => {
      const sample = sampleModel();
      // A version that no runtime supports passes Inkcast's checks; the library must refuse it.
      const operators = sample.operators.map((operator) =>
        operator.kind === 'softmax' ? { ...operator, version: 99 } : operator,
      );
      const model = library.loadModel(writeTflite({ ...sample, operators }));
      const open = library.openHandles;
      for (const delegate of ['none', 'xnnpack'] as const) {
        assert.throws(() => model.createInterpreter({ delegate }), coded('INK_TFLITE_INTERPRETER', /SOFTMAX.*99/));
        assert.equal(library.openHandles, open);
      }
    });
  });

  it('refuses files that are no models, without a crash', () => {
    const cases: readonly Uint8Array[] = [
      new Uint8Array(),
      new Uint8Array(7),
      file.subarray(0, file.length / 2),
      file.subarray(0, 100),
      Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251),
      Uint8Array.from([...file.subarray(0, 8), ...new Uint8Array(2000).fill(0xff)]),
      new TextEncoder().encode('<html>404 not found</html>'),
    ];
    withLibrary((library) => {
      for (const bytes of cases) {
        assert.throws(() => library.loadModel(bytes), coded('INK_TFLITE_INVALID'));
        assert.equal(library.openHandles, 0);
      }
    });
  });

  it('names a library that is missing or is another one', () => {
    assert.throws(
      () => openTfLite({ library: '/nowhere/libtensorflowlite_c.so' }),
      coded('INK_TFLITE_LIBRARY', /nowhere/),
    );
    assert.throws(() => openTfLite({ library: process.execPath }), coded('INK_TFLITE_LIBRARY'));
    assert.throws(() => openTfLite({ library: 'libc.so.6' }), coded('INK_TFLITE_LIBRARY', /lacks the function TfLite/));
  });

  it('refuses a library that ends too early, which the loader would end the process for', () =>
    inTemporaryFolder(async (folder) => {
      const library = join(folder, 'libtensorflowlite_c.so');
      const shipped = openTfLite();
      shipped.close();
      const whole = await readFile(shipped.path);
      for (const size of [10, 63, 64, 100, 5000, Math.floor(whole.length / 2), whole.length - 40_000]) {
        await writeFile(library, whole.subarray(0, size));
        assert.throws(() => openTfLite({ library }), coded('INK_TFLITE_LIBRARY', /cut short/), String(size));
      }
      // Where its table of segments is said to be far behind its end.
      const wild = Buffer.from(whole.subarray(0, 5000));
      wild.writeBigUInt64LE(2n ** 64n - 1n, 32);
      await writeFile(library, wild);
      assert.throws(() => openTfLite({ library }), coded('INK_TFLITE_LIBRARY', /cut short/));
      await writeFile(library, whole);
      openTfLite({ library }).close();
    }));
});
