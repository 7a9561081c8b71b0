import assert from 'node:assert/strict';
import { openCpuBackEnd, openVerifier } from '@inkcast/device/inference';
import { Verifier } from '@inkcast/reader/inference';
import type { BundleVerifier } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite } from '@inkcast/shared/tflite';
import { describeVerifier, VERIFIER_SIDE, verifierModel } from '../../support/sample-verifier.js';

const verifier: BundleVerifier = { description: describeVerifier(), model: verifierModel() };
const picture = Uint8Array.from({ length: VERIFIER_SIDE ** 2 }, (_, at) => (at * 41) % 256);

/** The softmax of what the file itself says, its input quantized as TensorFlow Lite specifies. */
function probabilities(): number[] {
  const library = openTfLite();
  const backEnd = openCpuBackEnd(library, verifier.model);
  const powers = [...backEnd.run(Int8Array.from(picture, (byte) => byte - 128))].map((value) => Math.exp(0.05 * value));
  backEnd.close();
  library.close();
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

describe('the verifier', () => {
  for (const choice of ['cpu', 'wasm'] as const) {
    it(`says what its file says, by label, with ${choice}`, async () => {
      const opened = await openVerifier({ verifier, folder: 'x' }, { choice });
      try {
        const { digits, digit: likeliest, printed } = opened.verify(picture);
        const expected = probabilities();
        assert.ok(digits.every((probability) => probability <= digits[likeliest]));
        // Back ends differ by a rounding.
        for (const [digit, probability] of digits.entries()) assert.ok(Math.abs(probability - expected[digit]) < 0.01);
        assert.ok(Math.abs(printed - expected[11]) < 0.01);
      } finally {
        opened.close();
      }
    });
  }

  it('is not known to be printed where the model does not tell print from all else', () => {
    const library = openTfLite();
    const labels = [...'0123456789', 'none', 'other'];
    const opened = new Verifier(describeVerifier({ labels }), openCpuBackEnd(library, verifier.model));
    assert.equal(opened.verify(picture).printed, 0);
    opened.close();
    assert.equal(library.openHandles, 0);
    library.close();
  });

  it('runs on the processor where the Coral was asked for', async () => {
    const opened = await openVerifier({ verifier, folder: 'x' }, { choice: 'coral' });
    assert.equal(opened.verify(picture).digits.length, 10);
    opened.close();
  });

  it('is missed by name', async () => {
    await assert.rejects(openVerifier({ verifier: undefined, folder: 'old' }, { choice: 'cpu' }), (error) => {
      assert.ok(error instanceof InkError);
      assert.equal(error.code, 'INK_BUNDLE_INVALID');
      assert.match(error.message, /bundle old is refused: it has a judgement and no verifier/);
      return true;
    });
  });
});
