import { InkError } from '@inkcast/shared/errors';
import type { Tensor } from '@inkcast/shared/tflite';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { type PictureShape, pictureSize } from '../data/portable/index.js';
import { inkValues } from './ink-values.js';
import { pictureLayout, writePicture } from './picture-layout.js';
import type { InkRange, Predictor } from './predictor.js';
import { usualRange } from './usual-range.js';

/** A .tflite file and the labels of its outputs. */
export interface TfliteSource {
  readonly name: string;
  readonly model: Uint8Array;
  readonly labels: readonly string[];
}

/** An input or output of a model that can run. */
export type OpenTensor = Pick<Tensor, 'type' | 'shape' | 'quantization' | 'data'>;

/** A model that can run, in TensorFlow Lite or in another implementation. */
export interface OpenModel {
  readonly input: OpenTensor;
  readonly output: OpenTensor;
  /** Computes the output's values from the input's. */
  invoke(): void;
  /** Frees the model. */
  close(): void;
}

/** Asks a model about one picture per call. It owns the model. A model that ends without a softmax gets one here. */
export class InterpreterPredictor implements Predictor {
  readonly name: string;
  readonly shape: PictureShape;
  readonly labels: readonly string[];
  readonly floor: number;
  readonly #model: OpenModel;
  readonly #copies: number;
  readonly #givesLogits: boolean;
  /** The input value for each byte of ink. */
  readonly #inks: readonly number[];

  /**
   * @param graph what `model` runs
   * @param range real values of its input for no ink and full ink
   * @throws InkError INK_TFLITE_INVALID if input or output do not fit pictures and labels
   */
  constructor(
    { name, labels }: Pick<TfliteSource, 'name' | 'labels'>,
    model: OpenModel,
    graph: TfliteModel,
    range: InkRange = usualRange(model.input),
  ) {
    const { input, output } = model;
    this.name = name;
    this.labels = labels;
    this.#model = model;
    this.#givesLogits = !endsWithSoftmax(graph);
    const { shape, copies } = pictureLayout(name, input);
    this.shape = shape;
    this.#copies = copies;
    if (output.shape.at(-1) !== labels.length || output.data.length !== labels.length) {
      const found = `has the output shape [${output.shape}] for the ${labels.length} labels ${labels.join(', ')}`;
      throw new InkError('INK_TFLITE_INVALID', `The model ${name} cannot be asked: it ${found}.`);
    }
    this.#inks = inkValues(input, range);
    this.floor = this.#givesLogits ? MIN_FLOAT : minProbability(output);
  }

  async predict(images: Uint8Array, count: number): Promise<Float32Array> {
    const size = pictureSize(this.shape);
    const { data: input } = this.#model.input;
    const { data: output, quantization } = this.#model.output;
    const { scale, zeroPoint } = quantization ?? { scale: 1, zeroPoint: 0 };
    const probabilities = new Float32Array(count * this.labels.length);
    for (let picture = 0; picture < count; picture++) {
      writePicture(input, images.subarray(picture * size, (picture + 1) * size), this.#inks, this.#copies);
      this.#model.invoke();
      const values = Float32Array.from(output, (value) => scale * (value - zeroPoint));
      probabilities.set(this.#givesLogits ? softmax(values) : values, picture * this.labels.length);
    }
    return probabilities;
  }

  async close(): Promise<void> {
    this.#model.close();
  }
}

/** Whether the output comes from a softmax, at most with another number type or shape in between. */
function endsWithSoftmax({ operators, outputs }: TfliteModel): boolean {
  const [output] = outputs;
  for (let tensor = output; ; ) {
    const operator = operators.find((each) => each.outputs.includes(tensor));
    if (operator === undefined) return false;
    // The Edge TPU's compiler hides what a model ends with, and only models with a softmax are given to it.
    if (operator.kind === 'softmax' || operator.kind === 'custom') return true;
    if (operator.kind !== 'quantize' && operator.kind !== 'dequantize' && operator.kind !== 'reshape') return false;
    [tensor] = operator.inputs;
  }
}

function softmax(logits: Float32Array): Float32Array {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

const MIN_FLOAT = 1e-7;

/** A quantized zero means any value below half a step, which is a quarter of a step on average. */
const minProbability = ({ quantization }: OpenTensor): number =>
  quantization === undefined ? MIN_FLOAT : quantization.scale / 4;
