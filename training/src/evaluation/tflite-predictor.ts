import { InkError } from '@inkcast/shared/errors';
import { openTfLite, type Tensor, type TfLiteInterpreter, type TfLiteLibrary } from '@inkcast/shared/tflite';
import { type PictureShape, pictureSize } from '../data/index.js';
import { inkValues } from './ink-values.js';
import type { Predictor } from './predictor.js';

/** A .tflite file and the labels of its outputs. */
export interface TfliteSource {
  readonly name: string;
  readonly model: Uint8Array;
  readonly labels: readonly string[];
}

/** Runs a model with TensorFlow Lite's built-in kernels, one picture per call. It owns its library. */
class TflitePredictor implements Predictor {
  readonly name: string;
  readonly shape: PictureShape;
  readonly labels: readonly string[];
  readonly floor: number;
  readonly #library: TfLiteLibrary;
  readonly #interpreter: TfLiteInterpreter;
  /** The input value for each byte of ink. */
  readonly #inks: readonly number[];

  constructor({ name, labels }: TfliteSource, library: TfLiteLibrary, interpreter: TfLiteInterpreter) {
    this.name = name;
    this.labels = labels;
    this.#library = library;
    this.#interpreter = interpreter;
    const [input] = interpreter.inputs;
    const [output] = interpreter.outputs;
    this.shape = pictureShape(name, input);
    if (output.shape.at(-1) !== labels.length || output.data.length !== labels.length) {
      const found = `has the output shape [${output.shape}] for the ${labels.length} labels ${labels.join(', ')}`;
      throw new InkError('INK_TFLITE_INVALID', `The model ${name} cannot be asked: it ${found}.`);
    }
    this.#inks = inkValues(input);
    this.floor = minProbability(output);
  }

  async predict(images: Uint8Array, count: number): Promise<Float32Array> {
    const size = pictureSize(this.shape);
    const { data: input } = this.#interpreter.inputs[0];
    const { data: output, quantization } = this.#interpreter.outputs[0];
    const { scale, zeroPoint } = quantization ?? { scale: 1, zeroPoint: 0 };
    const probabilities = new Float32Array(count * this.labels.length);
    for (let picture = 0; picture < count; picture++) {
      for (let pixel = 0; pixel < size; pixel++) input[pixel] = this.#inks[images[picture * size + pixel]];
      this.#interpreter.invoke();
      const values = Float32Array.from(output, (value) => scale * (value - zeroPoint));
      probabilities.set(values, picture * this.labels.length);
    }
    return probabilities;
  }

  async close(): Promise<void> {
    this.#library.close();
  }
}

/**
 * Loads a .tflite file into TensorFlow Lite. `close` frees it.
 *
 * @throws InkError INK_TFLITE_LIBRARY, INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED or INK_TFLITE_INTERPRETER
 */
export function startTflitePredictor(source: TfliteSource): Predictor {
  const library = openTfLite();
  try {
    return new TflitePredictor(source, library, library.loadModel(source.model).createInterpreter());
  } catch (error) {
    library.close();
    throw error;
  }
}

function pictureShape(name: string, { shape }: Tensor): PictureShape {
  const [batch, height, width, channels] = shape;
  if (shape.length === 4 && batch === 1 && channels === 1) return [height, width, 1];
  const found = `its input has the shape [${shape}], not [1, height, width, 1]`;
  throw new InkError('INK_TFLITE_INVALID', `The model ${name} takes no pictures of ink: ${found}.`);
}

/** A quantized zero means any value below half a step, which is a quarter of a step on average. */
const minProbability = ({ quantization }: Tensor): number =>
  quantization === undefined ? 1e-7 : quantization.scale / 4;
