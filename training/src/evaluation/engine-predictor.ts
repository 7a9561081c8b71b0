import { InkError } from '@inkcast/shared/errors';
import type { TrainedNetwork } from '../checkpoint/portable/index.js';
import { type PictureShape, pictureSize } from '../data/portable/index.js';
import type { Engine, Weights } from '../engine/portable/index.js';
import type { Network } from '../models/index.js';
import type { InkRange, Predictor } from './predictor.js';

/** Keras' epsilon of the cross-entropy. */
const FLOAT_FLOOR = 1e-7;

/** Runs a network in a training engine, with the engine's current weights. */
export class EnginePredictor implements Predictor {
  readonly name: string;
  readonly shape: PictureShape;
  readonly labels: readonly string[];
  readonly floor = FLOAT_FLOOR;
  readonly #engine: Engine;
  readonly #weights: Weights;
  readonly #ownsEngine: boolean;
  readonly #range: InkRange;
  readonly #pixels: Float32Array;

  /** @param options `ownsEngine`: closing the predictor stops the engine; `range`: default 0 to 1 */
  constructor(
    engine: Engine,
    labels: readonly string[],
    options: { readonly weights?: Weights; readonly ownsEngine?: boolean; readonly range?: InkRange } = {},
  ) {
    this.name = engine.network.name;
    this.shape = pictureShape(engine.network);
    this.labels = labels;
    this.#engine = engine;
    this.#weights = options.weights ?? 'current';
    this.#ownsEngine = options.ownsEngine ?? false;
    this.#range = options.range ?? [0, 1];
    this.#pixels = new Float32Array(engine.batchSize * pictureSize(this.shape));
  }

  async predict(images: Uint8Array, count: number): Promise<Float32Array> {
    const size = pictureSize(this.shape);
    const probabilities = new Float32Array(count * this.labels.length);
    const [least, most] = this.#range;
    for (let start = 0; start < count; start += this.#engine.batchSize) {
      const part = Math.min(this.#engine.batchSize, count - start);
      for (let pixel = 0; pixel < part * size; pixel++) {
        this.#pixels[pixel] = least + (most - least) * (images[start * size + pixel] / 255);
      }
      const outputs = await this.#engine.predict(this.#pixels.subarray(0, part * size), part, this.#weights);
      probabilities.set(outputs, start * this.labels.length);
    }
    return probabilities;
  }

  async close(): Promise<void> {
    if (this.#ownsEngine) await this.#engine.stop();
  }
}

/** Starts an engine with a trained network's weights. The predictor stops it. */
export async function startEnginePredictor(engine: Engine, trained: TrainedNetwork): Promise<Predictor> {
  await startWith(engine, trained);
  return new EnginePredictor(engine, trained.labels, { ownsEngine: true });
}

/** Starts an engine with weights; it is stopped where these are not its network's. */
export async function startWith(engine: Engine, { parameters }: Pick<TrainedNetwork, 'parameters'>): Promise<void> {
  await engine.start();
  try {
    engine.loadParameters(parameters);
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

function pictureShape({ name, layers }: Network): PictureShape {
  const [input] = layers;
  if (input.kind !== 'input' || input.shape[2] !== 1) {
    throw new InkError('INK_GRAPH_INVALID', `The network "${name}" does not take pictures of one channel.`);
  }
  const [height, width] = input.shape;
  return [height, width, 1];
}
