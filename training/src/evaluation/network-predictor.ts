import { InkError } from '@inkcast/shared/errors';
import type { TrainedNetwork } from '../checkpoint/index.js';
import { type PictureShape, pictureSize } from '../data/index.js';
import { type Backend, createEngine, type Engine, type Weights } from '../engine/index.js';
import type { Network } from '../models/index.js';
import type { Predictor } from './predictor.js';

/** Keras' epsilon of the cross-entropy. */
const FLOAT_FLOOR = 1e-7;
const BATCH = 100;

/** Runs a network in a training engine, with the engine's current weights. */
export class EnginePredictor implements Predictor {
  readonly name: string;
  readonly shape: PictureShape;
  readonly labels: readonly string[];
  readonly floor = FLOAT_FLOOR;
  readonly #engine: Engine;
  readonly #weights: Weights;
  readonly #ownsEngine: boolean;
  readonly #pixels: Float32Array;

  /** @param options `ownsEngine`: closing the predictor stops the engine */
  constructor(
    engine: Engine,
    labels: readonly string[],
    options: { readonly weights?: Weights; readonly ownsEngine?: boolean } = {},
  ) {
    this.name = engine.network.name;
    this.shape = pictureShape(engine.network);
    this.labels = labels;
    this.#engine = engine;
    this.#weights = options.weights ?? 'current';
    this.#ownsEngine = options.ownsEngine ?? false;
    this.#pixels = new Float32Array(engine.batchSize * pictureSize(this.shape));
  }

  async predict(images: Uint8Array, count: number): Promise<Float32Array> {
    const size = pictureSize(this.shape);
    const probabilities = new Float32Array(count * this.labels.length);
    for (let start = 0; start < count; start += this.#engine.batchSize) {
      const part = Math.min(this.#engine.batchSize, count - start);
      for (let pixel = 0; pixel < part * size; pixel++) this.#pixels[pixel] = images[start * size + pixel] / 255;
      const outputs = await this.#engine.predict(this.#pixels.subarray(0, part * size), part, this.#weights);
      probabilities.set(outputs, start * this.labels.length);
    }
    return probabilities;
  }

  async close(): Promise<void> {
    if (this.#ownsEngine) await this.#engine.stop();
  }
}

/** Runs a trained network in a separate engine, until `close`. */
export async function startNetworkPredictor(
  trained: TrainedNetwork,
  options: { readonly backend: Backend; readonly threads?: number },
): Promise<Predictor> {
  const engine = createEngine({ ...options, network: trained.network, batchSize: BATCH, seed: 0 });
  await engine.start();
  try {
    engine.loadParameters(trained.parameters);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return new EnginePredictor(engine, trained.labels, { ownsEngine: true });
}

function pictureShape({ name, layers }: Network): PictureShape {
  const [input] = layers;
  if (input.kind !== 'input' || input.shape[2] !== 1) {
    throw new InkError('INK_GRAPH_INVALID', `The network "${name}" does not take pictures of one channel.`);
  }
  const [height, width] = input.shape;
  return [height, width, 1];
}
