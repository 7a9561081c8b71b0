import { InkError } from '@inkcast/shared/errors';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import type { InferenceBackEnd } from './back-end.js';
import { quantizedBytes } from './quantized-bytes.js';

/** The real values that a model receives for ink bytes from 0 to 255. */
const INK = [0, 1] as const;

/** The label of crops without a digit. */
export const NONE = 'none';

/** The classifier's result for one crop. */
export interface Classification {
  /** The likeliest label. */
  readonly label: string;
  /** Calibrated probability of that label. */
  readonly confidence: number;
  /** The likeliest digit, ignoring `none`. */
  readonly digit: number;
  /** Calibrated probability of that digit. */
  readonly digitConfidence: number;
  /** Calibrated probability that the crop shows a digit. */
  readonly anyDigit: number;
  /** Calibrated probability of each label, in the labels' order. */
  readonly probabilities: Float64Array;
  /** Calibrated probability of each digit from 0 to 9. */
  readonly digitProbabilities: Float64Array;
}

/** Tells digits from one another and from everything else. */
export interface DigitClassifier {
  readonly labels: readonly string[];
  /** @param crops 28x28 bytes each, white ink on black, normalised like MNIST */
  classify(crops: readonly Uint8Array[]): Classification[];
  close(): void;
}

/** The parts of a model bundle's manifest that the classifier needs. */
export interface ModelDescription {
  readonly labels: readonly string[];
  readonly temperature: number;
  readonly input: { readonly scale: number; readonly zeroPoint: number; readonly dtype: string };
  readonly output: { readonly scale: number; readonly zeroPoint: number; readonly dtype: string };
}

/** A classifier with an int8 model whose output is a softmax. It owns its back end. */
export class QuantizedClassifier implements DigitClassifier {
  readonly labels: readonly string[];
  readonly #backEnd: InferenceBackEnd;
  readonly #model: ModelDescription;
  readonly #quantized: Int8Array;
  readonly #input = new Int8Array(DIGIT_SIDE * DIGIT_SIDE);
  readonly #digits: readonly (number | undefined)[];

  constructor(model: ModelDescription, backEnd: InferenceBackEnd) {
    this.labels = model.labels;
    this.#model = model;
    this.#backEnd = backEnd;
    if (model.input.dtype !== 'int8') {
      throw new InkError('INK_TFLITE_INVALID', `The model takes ${model.input.dtype}, not int8.`);
    }
    this.#quantized = quantizedBytes(model.input, INK);
    this.#digits = model.labels.map((label) => (/^[0-9]$/.test(label) ? Number(label) : undefined));
  }

  classify(crops: readonly Uint8Array[]): Classification[] {
    return crops.map((crop) => {
      const output = this.#backEnd.run(this.#quantize(crop));
      return interpret(this.#probabilities(output), this.labels, this.#digits);
    });
  }

  close(): void {
    this.#backEnd.close();
  }

  #quantize(crop: Uint8Array): Int8Array {
    for (let at = 0; at < crop.length; at++) this.#input[at] = this.#quantized[crop[at]];
    return this.#input;
  }

  /** Temperature scaling: the softmax of logits divided by T equals the softmax to the power 1 / T, normalised. */
  #probabilities(output: Int8Array): Float64Array {
    const { output: tensor, temperature } = this.#model;
    // A value that is quantized to 0 is less than half a step, but not impossible.
    const smallest = tensor.scale / 4;
    const powers = Float64Array.from(
      output,
      (value) => Math.max(smallest, (value - tensor.zeroPoint) * tensor.scale) ** (1 / temperature),
    );
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  }
}

function interpret(
  probabilities: Float64Array,
  labels: readonly string[],
  digits: readonly (number | undefined)[],
): Classification {
  let best = 0;
  let digit = 0;
  let digitConfidence = 0;
  let anyDigit = 0;
  const digitProbabilities = new Float64Array(10);
  probabilities.forEach((probability, index) => {
    if (probability > probabilities[best]) best = index;
    const value = digits[index];
    if (value === undefined) return;
    anyDigit += probability;
    digitProbabilities[value] += probability;
    if (probability > digitConfidence) {
      digit = value;
      digitConfidence = probability;
    }
  });
  const confidence = probabilities[best];
  return { label: labels[best], confidence, digit, digitConfidence, anyDigit, probabilities, digitProbabilities };
}
