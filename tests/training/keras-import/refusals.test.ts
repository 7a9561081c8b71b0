import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { importKerasModel } from '@inkcast/training/keras-import';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

interface Layer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes?: readonly unknown[];
}

const layer = (class_name: string, name: string, config: object = {}, inbound_nodes?: readonly unknown[]): Layer => ({
  class_name,
  config: { name, ...config },
  ...(inbound_nodes === undefined ? {} : { inbound_nodes }),
});

const INPUT = layer('InputLayer', 'in', { batch_input_shape: [null, 6, 6, 1] });
const CONV = { filters: 2, kernel_size: [3, 3], use_bias: false };
const conv = (config: object = {}): Layer => layer('Conv2D', 'conv', { ...CONV, ...config });
const END = [layer('Flatten', 'flat'), layer('Dense', 'out', { units: 2, activation: 'softmax', use_bias: false })];
const LAYERS = [INPUT, conv(), ...END];

/** The weights that the layers above need, all zeros. */
const WEIGHTS = [
  { name: 'conv/kernel', shape: [3, 3, 1, 2], dtype: 'float32' },
  { name: 'out/kernel', shape: [32, 2], dtype: 'float32' },
];

interface Content {
  readonly layers?: readonly Layer[];
  readonly model?: object;
  readonly weights?: readonly object[];
  readonly paths?: readonly string[];
  readonly bytes?: number;
  readonly text?: string;
  readonly labels?: readonly string[];
}

function refusal(content: Content): Promise<InkError> {
  const { layers = LAYERS, weights = WEIGHTS, paths = ['weights.bin'], bytes = 4 * (18 + 64) } = content;
  const model = content.model ?? { class_name: 'Sequential', config: { name: 'model', layers } };
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'model.json');
    const json = { format: 'layers-model', modelTopology: model, weightsManifest: [{ paths, weights }] };
    await writeFile(path, content.text ?? JSON.stringify(json));
    await writeFile(join(folder, 'weights.bin'), new Uint8Array(bytes));
    try {
      await importKerasModel(path, { labels: content.labels ?? ['a', 'b'] });
    } catch (error) {
      if (error instanceof InkError) return error;
      throw error;
    }
    return assert.fail('it was converted');
  });
}

const functional = (layers: readonly Layer[], inputs: string[], outputs: string[]): object => {
  const references = (names: string[]) => names.map((name) => [name, 0, 0]);
  return {
    class_name: 'Functional',
    config: { name: 'model', layers, input_layers: references(inputs), output_layers: references(outputs) },
  };
};
const from = (...names: string[]): unknown[] => [names.map((name) => [name, 0, 0, {}])];

const UNSUPPORTED: Readonly<Record<string, readonly [Content, RegExp]>> = {
  'a layer of another kind': [{ layers: [INPUT, layer('LSTM', 'memory'), ...END] }, /"memory" \(LSTM\)/],
  'a layer in a model in a model': [
    { layers: [INPUT, layer('Sequential', 'inner', { layers: [layer('ELU', 'bent')] }), ...END] },
    /"inner\/bent" \(ELU\)/,
  ],
  'another activation': [{ layers: [INPUT, conv({ activation: 'elu' }), ...END] }, /"conv" \(Conv2D\).*"elu"/],
  'another layer as the activation': [
    { layers: [INPUT, conv({ activation: { class_name: 'ELU', config: { alpha: 1 } } }), ...END] },
    /"conv" \(Conv2D\) has activation ELU/,
  ],
  'a slope for each place of a map': [
    { layers: [INPUT, conv(), layer('PReLU', 'bent'), ...END] },
    /"bent".*each place/,
  ],
  'a picture that is resized': [
    { layers: [INPUT, layer('Resizing', 'larger', { height: 12, width: 12 }), ...END] },
    /"larger" \(Resizing\) turns 6x6 into 12x12/,
  ],
  'a picture with two channels': [
    { layers: [layer('InputLayer', 'in', { batch_input_shape: [null, 6, 6, 2] }), ...LAYERS.slice(1)] },
    /"in".*\[6,6,2\]/,
  ],
  'channels first': [{ layers: [INPUT, conv({ data_format: 'channels_first' }), ...END] }, /"conv".*data_format/],
  'causal padding': [{ layers: [INPUT, conv({ padding: 'causal' }), ...END] }, /"conv".*padding "causal"/],
  'a ReLU that leaks and is clipped': [
    { layers: [INPUT, conv(), layer('ReLU', 'leak', { negative_slope: 0.1, max_value: 6 }), ...END] },
    /"leak".*0.1.*6/,
  ],
  'a normalisation of rows': [
    { layers: [INPUT, conv(), layer('BatchNormalization', 'norm', { axis: 1 }), ...END] },
    /"norm".*axis 1/,
  ],
  'a vector turned into a map': [
    {
      layers: [
        INPUT,
        conv(),
        END[0],
        layer('Dense', 'mid', { units: 9, use_bias: false }),
        layer('Reshape', 'map', { target_shape: [3, 3, 1] }),
        layer('Conv2D', 'late', CONV),
      ],
      weights: [...WEIGHTS, { name: 'mid/kernel', shape: [32, 9], dtype: 'float32' }],
      bytes: 4 * (18 + 64 + 288),
    },
    /"late".*3x3x1/,
  ],
  'zeros that are not those of "same"': [
    {
      layers: [
        INPUT,
        layer('ZeroPadding2D', 'pad', {
          padding: [
            [2, 0],
            [0, 0],
          ],
        }),
        conv(),
        ...END,
      ],
    },
    /"conv".*zero padding of 2, 0, 0, 0/,
  ],
  'an output that is not a softmax': [
    { layers: [...LAYERS.slice(0, 3), layer('Dense', 'out', { units: 2, activation: 'sigmoid', use_bias: false })] },
    /ends with "out" \(Dense\)/,
  ],
  'a map as the output': [{ layers: LAYERS.slice(0, 2) }, /one output value per class/],
  'another kind of model': [{ model: { class_name: 'MyModel', config: {} } }, /MyModel/],
  'a graph model': [{ text: JSON.stringify({ format: 'graph-model', modelTopology: { node: [] } }) }, /graph model/],
  'two inputs': [
    { model: functional([INPUT, layer('InputLayer', 'more', {}, [])], ['in', 'more'], ['in']) },
    /2 inputs \(in, more\)/,
  ],
  'two outputs': [{ model: functional([INPUT], ['in'], ['in', 'in2']) }, /2 outputs/],
  'shared weights': [
    { model: functional([INPUT, layer('Conv2D', 'conv', CONV, [...from('in'), ...from('in')])], ['in'], ['conv']) },
    /"conv" \(Conv2D\) is used 2 times/,
  ],
};

const INVALID: Readonly<Record<string, readonly [Content, RegExp]>> = {
  'text that is not JSON': [{ text: '{"modelTopology": ' }, /not JSON/],
  'no weights': [
    { text: JSON.stringify({ modelTopology: { class_name: 'Sequential', config: {} } }) },
    /weightsManifest/,
  ],
  'a shard that is too short': [{ bytes: 100 }, /328 bytes, and weights.bin hold 100/],
  'a shard elsewhere': [{ paths: ['../weights.bin'] }, /outside of its folder/],
  'a missing weight': [{ weights: WEIGHTS.slice(0, 1), bytes: 72 }, /"out\/kernel" is missing/],
  'a weight of another shape': [
    { weights: [{ ...WEIGHTS[0], shape: [3, 3, 2, 1] }, WEIGHTS[1]] },
    /"conv\/kernel" has the shape \[3,3,2,1\] instead of \[3,3,1,2\]/,
  ],
  'a weight that may be one of two': [
    { weights: [...WEIGHTS, { name: 'other/conv/kernel', shape: [3, 3, 1, 2], dtype: 'float32' }], bytes: 400 },
    /conv\/kernel, other\/conv\/kernel/,
  ],
  'two layers of one name': [{ layers: [INPUT, conv(), conv(), ...END] }, /two layers "conv"/],
  'a layer that is not there': [
    { model: functional([INPUT, layer('Conv2D', 'conv', CONV, from('gone'))], ['in'], ['conv']) },
    /no layer "gone"/,
  ],
  'a circle': [
    {
      model: functional(
        [INPUT, layer('Activation', 'a', {}, from('b')), layer('Activation', 'b', {}, from('a'))],
        ['in'],
        ['a'],
      ),
    },
    /"a" reads what follows/,
  ],
};

describe('a model.json that cannot be converted', () => {
  for (const [name, [content, message]] of Object.entries(UNSUPPORTED)) {
    it(`is refused, naming what is not supported: ${name}`, async () => {
      const { code, message: told } = await refusal(content);
      assert.deepEqual([code, message.test(told) || told], ['INK_CONVERT_UNSUPPORTED', true]);
    });
  }

  for (const [name, [content, message]] of Object.entries(INVALID)) {
    it(`is refused, naming the damage: ${name}`, async () => {
      const { code, message: told } = await refusal(content);
      assert.deepEqual([code, message.test(told) || told], ['INK_CONVERT_INVALID', true]);
    });
  }

  it('is refused where a file is missing', async () => {
    assert.equal((await refusal({ paths: ['gone.bin'] })).code, 'INK_FILE_UNREADABLE');
    await assert.rejects(importKerasModel('/nowhere/model.json'), { code: 'INK_FILE_UNREADABLE' });
  });

  it('is refused where the labels do not fit its outputs', async () => {
    const { code, message } = await refusal({ labels: ['a', 'b', 'c'] });
    assert.deepEqual([code, /2 classes.*3 labels/.test(message) || message], ['INK_USAGE', true]);
  });
});
