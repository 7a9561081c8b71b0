import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openCharacterReader } from '@inkcast/device/characters';
import { dataSourceFor, readDataSource, subset } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import { AgreementCount, isWithinLimits, keepsLabels, verifyModel } from '@inkcast/training/verification';
import { sampleModel } from '../../support/sample-tflite.js';
import { tfLiteOfSuite } from '../support/tflite-of-suite.js';
import { operatorGraph } from '../tflite/support/operators.js';

/** Of the test pictures, for the models that ship. */
const PICTURES = 60;

/** Random ink, two classes. */
function pictures(side: number, count: number) {
  const random = new Random(7);
  return {
    name: 'ink',
    shape: [side, side, 1] as const,
    images: Uint8Array.from({ length: side * side * count }, () => random.integer(256)),
    labels: Uint16Array.from({ length: count }, (_, index) => index % 2),
    classes: ['0', '1'],
    sha256: {},
  };
}

describe('verification', () => {
  const library = tfLiteOfSuite();

  it('finds the built-in kernels and the reference equal to the bit, and says how far XNNPACK is off', () => {
    const [builtIn, xnnpack] = verifyModel(library(), writeTflite(sampleModel()), pictures(6, 200));
    assert.deepEqual(builtIn, {
      kernels: 'built-in',
      agreement: { outputs: 200, identical: 200, largestDifference: 0, sameLabel: 200 },
      isWithinLimits: true,
    });
    assert.equal(xnnpack.agreement?.outputs, 200);
    assert.equal(xnnpack.explanation?.explained, 200);
    assert.equal(xnnpack.explanation.logits.tensor, 'logits');
  });

  for (const name of ['digits', 'lenet']) {
    it(`holds for the model that ships as ${name}: XNNPACK's kernels explain each difference`, async () => {
      const { test } = await readDataSource(await dataSourceFor('mnist'), openCharacterReader);
      assert.ok(test !== undefined);
      const file = await readFile(new URL(`../../../models/${name}/model.tflite`, import.meta.url));
      const some = subset(
        test,
        Array.from({ length: PICTURES }, (_, index) => index * 50),
      );
      const [builtIn, xnnpack] = verifyModel(library(), file, some);
      assert.equal(builtIn.agreement?.identical, PICTURES);
      assert.ok(xnnpack.isWithinLimits, JSON.stringify(xnnpack));
      assert.equal(xnnpack.explanation?.explained, PICTURES);
      assert.equal(xnnpack.explanation.logits.near, PICTURES);
      const differences = new Map(xnnpack.explanation.operators.map((difference) => [difference.operator, difference]));
      assert.equal(differences.get('softmax')?.different, 0);
      // So that there was something to explain.
      assert.ok((differences.get('conv2d')?.different ?? 0) > 0);
    });
  }

  it('reports why XNNPACK does not run a model', () => {
    const model = operatorGraph('CONV_2D', 'int8', {
      ...{ size: [6, 6], channels: 1, filters: 4, window: [1, 1], strides: [2, 2], dilations: [1, 1] },
      ...{ padding: 'same', activation: 'none', batch: 1, seed: 1 },
    });
    const [builtIn, xnnpack] = verifyModel(library(), writeTflite(model), pictures(6, 5));
    assert.equal(builtIn.agreement?.identical, 5);
    assert.equal(xnnpack.agreement, null);
    assert.match(xnnpack.refusal ?? '', /smaller than its stride/);
  });

  it('refuses pictures of another size and float models, and frees what it opened', () => {
    const file = writeTflite(sampleModel());
    assert.throws(() => verifyModel(library(), file, pictures(7, 1)), /7x7x1, and the model takes 6x6x1/);
    const open = library().openHandles;
    const float = operatorGraph('LOGISTIC', 'float32', {
      ...{ size: [6, 6], channels: 1, filters: 1, window: [1, 1], strides: [1, 1], dilations: [1, 1] },
      ...{ padding: 'same', activation: 'none', batch: 1, seed: 1 },
    });
    assert.throws(() => verifyModel(library(), writeTflite(float), pictures(6, 1)), { code: 'INK_TFLITE_UNSUPPORTED' });
    assert.equal(library().openHandles, open);
  });

  it('counts identical outputs, the largest difference and equal labels', () => {
    const count = new AgreementCount();
    count.add([-128, 127], [-128, 127]);
    count.add([-126, 120], [-128, 120]);
    count.add([3, 4], [5, 4]);
    assert.deepEqual(count.total, { outputs: 3, identical: 1, largestDifference: 2, sameLabel: 2 });
  });

  it('field report 23: accepts explained differences of XNNPACK, even with other labels, and none of the built-in kernels', () => {
    const agreement = { outputs: 1000, identical: 990, largestDifference: 15, sameLabel: 999 };
    const logits = { tensor: 'logits', operator: 'softmax', scale: 0.26, largestDifference: 3, near: 999 } as const;
    const explanation = { logits, operators: [], explained: 1000 };
    assert.ok(isWithinLimits(agreement, explanation));
    assert.ok(isWithinLimits({ ...agreement, sameLabel: 998 }, explanation));
    assert.deepEqual(
      [999, 998, null].map((sameLabel) => keepsLabels({ ...agreement, sameLabel })),
      [true, false, true],
    );
    assert.ok(!isWithinLimits(agreement, { ...explanation, explained: 999 }));
    assert.ok(!isWithinLimits(agreement));
    assert.ok(isWithinLimits({ outputs: 1000, identical: 1000, largestDifference: 0, sameLabel: 1000 }));
  });
});
