import { InkError } from '@inkcast/shared/errors';
import { elementCount, type TfliteModel } from '@inkcast/shared/tflite-file';
import type { TrainedNetwork } from '../checkpoint/portable/index.js';
import type { Engine, EngineOptions } from '../engine/portable/index.js';
import type { Network } from '../models/index.js';
import { convertNetwork } from '../tflite-conversion/index.js';
import type { Range } from './affine.js';
import { quantizeModel } from './quantize-model.js';
import type { NetworkQuantization } from './quantize-network.js';
import type { QuantizedNetwork } from './quantized-network.js';
import { widen } from './widen.js';

/** Pictures for each call of the engine. */
const BATCH = 20;

/**
 * As `quantizeNetwork`, but an engine computes the values of the tensors, for platforms without TensorFlow Lite's library.
 * The engine rounds otherwise than TensorFlow Lite, so the last bits of a range may differ.
 *
 * @param createEngine makes an engine that is not started
 * @param images as `quantizeNetwork` takes them
 * @throws InkError INK_QUANTIZE_FAILED also for another method than `min-max`, for the correction of biases and for rounding by error
 */
export async function quantizeInEngine(
  createEngine: (options: EngineOptions) => Engine,
  { network, parameters }: Pick<TrainedNetwork, 'network' | 'parameters'>,
  images: Uint8Array,
  { method, correctsBiases, roundsByError, ...options }: NetworkQuantization,
): Promise<QuantizedNetwork> {
  if (correctsBiases) throw new InkError('INK_QUANTIZE_FAILED', 'An engine does not correct biases.');
  if (roundsByError) throw new InkError('INK_QUANTIZE_FAILED', 'An engine does not round by error.');
  if (method !== 'min-max') {
    throw new InkError('INK_QUANTIZE_FAILED', `An engine calibrates by the method min-max only, not by ${method}.`);
  }
  const float = convertNetwork(network, parameters);
  const engine = createEngine({ network: withSoftmax(network), backend: 'reference', batchSize: BATCH, seed: 0 });
  await engine.start();
  try {
    engine.loadParameters(parameters);
    return { float, quantized: quantizeModel(float, await rangesIn(engine, float, images), options) };
  } finally {
    await engine.stop();
  }
}

/** An engine computes probabilities; what comes before them is not changed. */
function withSoftmax(network: Network): Network {
  const last = network.layers[network.layers.length - 1];
  if (last.kind === 'softmax') return network;
  return { ...network, layers: [...network.layers, { name: 'softmax', kind: 'softmax', inputs: [last.name] }] };
}

async function rangesIn(engine: Engine, float: TfliteModel, images: Uint8Array): Promise<ReadonlyMap<number, Range>> {
  const [input] = float.inputs;
  const size = elementCount(float.tensors[input].shape);
  if (images.length === 0) throw new InkError('INK_QUANTIZE_FAILED', 'There is no picture to calibrate with.');
  const computed = float.operators.flatMap(({ outputs }) => outputs);
  const ranges = new Map<number, Range>();
  for (let start = 0; start < images.length; start += BATCH * size) {
    const part = images.subarray(start, start + BATCH * size);
    const values = Float32Array.from(part, (byte) => byte / 255);
    widen(ranges, input, values);
    // Each tensor has the name of the layer whose output it holds.
    const outputs = await engine.activations(values, part.length / size);
    for (const tensor of computed) {
      const { name } = float.tensors[tensor];
      const output = outputs.get(name);
      if (output === undefined) throw new InkError('INK_QUANTIZE_FAILED', `No layer computes the tensor "${name}".`);
      widen(ranges, tensor, output);
    }
  }
  return ranges;
}
