import assert from 'node:assert/strict';
import type { TrainedNetwork } from '@inkcast/training/checkpoint';
import { startNetworkPredictor } from '@inkcast/training/evaluation';
import { Random } from '@inkcast/training/random';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

const COUNT = 3;

/** Gives a model random weights, so that a test notices exchanged layers, rows or columns. */
export function drawWeights(model: LayersModel, seed: number): void {
  const random = new Random(seed);
  const drawn = model.weights.map(({ name, shape }) => {
    const sizes = shape.map((size) => size ?? 1);
    const count = sizes.reduce((product, size) => product * size, 1);
    // A variance is above zero.
    const draw = (): number => (/variance/.test(name) ? random.uniform(0.5, 2) : 0.4 * random.normal());
    return tf.tensor(Array.from({ length: count }, draw), sizes);
  });
  // `setWeights` wants trainable weights first, as `getWeights` gives them.
  for (const [index, variable] of model.weights.entries()) variable.write(drawn[index]);
}

export interface Expectation {
  /** What the model is given for ink in [0, 1]. */
  readonly toInput?: (ink: number) => number;
  /** The model gives logits. */
  readonly logits?: boolean;
  /** Equal channels of the model's pictures. */
  readonly channels?: number;
}

/** Checks that a converted network says of random pictures what TensorFlow.js says. */
export async function comparePredictions(
  trained: TrainedNetwork,
  model: LayersModel,
  { toInput = (ink) => ink, logits = false, channels = 1 }: Expectation = {},
): Promise<void> {
  const predictor = await startNetworkPredictor(trained, { backend: 'reference' });
  try {
    const [height, width] = predictor.shape;
    const random = new Random(5);
    const pixels = Uint8Array.from({ length: COUNT * height * width }, () => random.integer(256));
    const actual = await predictor.predict(pixels, COUNT);
    const shape = [COUNT, ...model.inputs[0].shape.slice(1).map((size) => size ?? 0)];
    const [output] = [
      model.predict(
        tf.tensor(Array.from(pixels, (pixel) => new Array<number>(channels).fill(toInput(pixel / 255))).flat(), shape),
      ),
    ].flat();
    const expected = (logits ? tf.softmax(output) : output).dataSync();
    assert.equal(actual.length, expected.length);
    for (const [index, value] of expected.entries()) {
      assert.ok(Math.abs(actual[index] - value) < 1e-5, `${index}: ${actual[index]} instead of ${value}`);
    }
  } finally {
    await predictor.close();
  }
}
