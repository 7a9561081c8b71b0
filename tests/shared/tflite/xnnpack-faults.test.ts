import assert from 'node:assert/strict';
import { openTfLite } from '@inkcast/shared/tflite';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { writeTflite } from '@inkcast/training/tflite';
import { operatorGraph } from '../../training/tflite/support/operators.js';

const convolution = (padding: 'same' | 'valid', strides: readonly [number, number]): TfliteModel =>
  operatorGraph('CONV_2D', 'float32', {
    ...{ size: [5, 4], channels: 6, filters: 1, window: [4, 1], strides, dilations: [1, 1], padding },
    ...{ activation: 'none', batch: 1, seed: 2 },
  });

describe('what XNNPACK computes wrongly', () => {
  const library = openTfLite();
  after(() => library.close());

  it('is run by the built-in kernels, and reported', () => {
    const interpreter = library.loadModel(writeTflite(convolution('same', [3, 2]))).createInterpreter({
      delegate: 'xnnpack',
    });
    assert.equal(interpreter.delegate, 'none');
    assert.match(interpreter.delegateRefusal ?? '', /smaller than its stride/);
  });

  it('includes nothing else', () => {
    for (const model of [convolution('valid', [3, 2]), convolution('same', [3, 1])]) {
      const interpreter = library.loadModel(writeTflite(model)).createInterpreter({ delegate: 'xnnpack' });
      assert.equal(interpreter.delegate, 'xnnpack');
      assert.equal(interpreter.delegateRefusal, undefined);
    }
  });
});
