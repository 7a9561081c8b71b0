import assert from 'node:assert/strict';
import { inferShapes, type Layer, NetworkBuilder, windowAxis } from '@inkcast/training/models';

const input: Layer = { kind: 'input', name: 'input', inputs: [], shape: [8, 6, 3] };
const flat: Layer = { kind: 'flatten', name: 'flat', inputs: ['input'] };
const shapesOf = (...layers: Layer[]) => inferShapes({ name: 'test', layers: [input, ...layers] });
const refused = (message: RegExp, ...layers: Layer[]) =>
  assert.throws(() => shapesOf(...layers), { code: 'INK_GRAPH_INVALID', message });

describe('shape inference', () => {
  it('follows branches, strides and padding', () => {
    const builder = new NetworkBuilder('branches', [9, 7, 2]).conv2d(8, 3, { strides: 2, padding: 'same' });
    const trunk = builder.end;
    const gate = builder.globalAveragePool().conv2d(4, 1).relu6().conv2d(8, 1).sigmoid();
    const side = gate.multiplyOver(trunk).add(trunk).concat([trunk]).end;
    const network = builder
      .from(side)
      .maxPool([2, 3], { strides: [1, 2] })
      .flatten()
      .dense(3)
      .softmax()
      .build();
    const shapes = inferShapes(network);
    assert.deepEqual(shapes.get(trunk), [5, 4, 8]);
    assert.deepEqual(shapes.get(side), [5, 4, 16]);
    assert.deepEqual(shapes.get('pool1'), [4, 1, 16]);
    assert.deepEqual(shapes.get('flatten1'), [64]);
  });

  it('pads as TensorFlow does: the odd pixel after', () => {
    assert.deepEqual(windowAxis(28, 2, 2, 'same'), { output: 14, before: 0, after: 0 });
    assert.deepEqual(windowAxis(7, 2, 2, 'same'), { output: 4, before: 0, after: 1 });
    assert.deepEqual(windowAxis(8, 3, 2, 'same'), { output: 4, before: 0, after: 1 });
    assert.deepEqual(windowAxis(8, 3, 2, 'valid'), { output: 3, before: 0, after: 0 });
  });

  it('enlarges maps by whole factors from 2 on', () => {
    const upsample = (factor: number): Layer => ({ kind: 'upsample', name: 'u', inputs: ['input'], factor });
    assert.deepEqual(shapesOf(upsample(3)).get('u'), [24, 18, 3]);
    for (const factor of [1, 0, 2.5]) refused(new RegExp(`"u" has a factor of ${factor}`), upsample(factor));
    refused(/"u" needs a map/, flat, { ...upsample(2), inputs: ['flat'] });
  });

  it('refuses a malformed network with the name of the layer', () => {
    refused(/"a" reads "b"/, { kind: 'relu', name: 'a', inputs: ['b'] });
    refused(/"input" has the name/, { kind: 'relu', name: 'input', inputs: ['input'] });
    refused(/"x\/y" needs a name/, { kind: 'relu', name: 'x/y', inputs: ['input'] });
    refused(/"b" is a second input/, { kind: 'input', name: 'b', inputs: [], shape: [1, 1, 1] });
    refused(/"d" needs a vector and reads 8x6x3/, {
      kind: 'dense',
      name: 'd',
      inputs: ['input'],
      units: 3,
      bias: true,
    });
    refused(/"s" adds 8x6x3 and 144/, flat, { kind: 'add', name: 's', inputs: ['input', 'flat'] });
    refused(/"m" multiplies 8x6x3 by 144/, flat, { kind: 'multiply', name: 'm', inputs: ['input', 'flat'] });
    refused(/"flat" is read by no other/, flat, { kind: 'relu', name: 'a', inputs: ['input'] });
    refused(/"o" has a rate of 1/, { kind: 'dropout', name: 'o', inputs: ['input'], rate: 1 });
    refused(/"c" has a window of 9x9, larger than the 8x6x3/, {
      kind: 'conv2d',
      name: 'c',
      inputs: ['input'],
      filters: 1,
      kernel: [9, 9],
      strides: [1, 1],
      padding: 'valid',
      bias: true,
    });
  });

  it('refuses a network without an input at its front', () => {
    const headless = { name: 'headless', layers: [flat] };
    assert.throws(() => inferShapes(headless), { code: 'INK_GRAPH_INVALID', message: /"headless"/ });
  });
});
