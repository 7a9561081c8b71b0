import assert from 'node:assert/strict';
import { buildModel, inferShapes, initializeParameters, networkCost } from '@inkcast/training/models';

describe('the tutorial network', () => {
  const network = buildModel('lenet');

  it('has the shapes and the 225,034 parameters of the tutorial', () => {
    const shapes = [...inferShapes(network)].map(([name, shape]) => `${name} ${shape.join('x')}`);
    assert.deepEqual(shapes, [
      'input 28x28x1',
      'conv1 26x26x32',
      'relu1 26x26x32',
      'pool1 13x13x32',
      'conv2 11x11x64',
      'relu2 11x11x64',
      'pool2 5x5x64',
      'flatten1 1600',
      'dense1 128',
      'relu3 128',
      'dropout1 128',
      'dense2 10',
      'softmax1 10',
    ]);
    const cost = networkCost(network);
    assert.equal(cost.parameters, 225_034);
    assert.equal(cost.macs, 26 * 26 * 32 * 9 + 11 * 11 * 64 * 9 * 32 + 1600 * 128 + 128 * 10);
    assert.equal(cost.int8Bytes, 225_034 - 234 + 4 * 234);
  });

  it('begins with Glorot-uniform kernels and zero biases, the same for the same seed', () => {
    const parameters = initializeParameters(network, 7);
    assert.deepEqual(parameters, initializeParameters(network, 7));
    assert.notDeepEqual(parameters, initializeParameters(network, 8));
    const kernel = parameters.get('dense1/kernel');
    assert.deepEqual(kernel?.shape, [1600, 128]);
    const limit = Math.sqrt(6 / 1728);
    const values = [...(kernel?.data ?? [])];
    assert.ok(values.every((value) => Math.abs(value) <= limit));
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    assert.ok(Math.abs(variance / (limit ** 2 / 3) - 1) < 0.01);
    assert.ok(parameters.get('dense1/bias')?.data.every((value) => value === 0));
  });

  it('follows the width, the depth and the number of classes', () => {
    const shapes = inferShapes(buildModel('lenet', { width: 0.5, depth: 2, classes: 26 }));
    assert.deepEqual(shapes.get('conv1'), [26, 26, 16]);
    assert.deepEqual(shapes.get('dense2'), [64]);
    assert.deepEqual(shapes.get('softmax1'), [26]);
  });

  it('is refused by name when the name is unknown', () => {
    assert.throws(() => buildModel('lenat'), { code: 'INK_MODEL_UNKNOWN', message: /"lenat"/ });
  });
});
