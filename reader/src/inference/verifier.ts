import type { VerifierDescription } from '@inkcast/shared/bundle/content';
import type { InferenceBackEnd } from './back-end.js';
import { quantizedBytes } from './quantized-bytes.js';

/** What a verifier says about the picture around a candidate. */
export interface Verification {
  /** Probability of each handwritten digit from 0 to 9. */
  readonly digits: readonly number[];
  /** The likeliest digit. */
  readonly digit: number;
  /** Probability of a digit in print. */
  readonly printed: number;
}

/** The label of a digit in print. */
export const PRINTED = 'printed';

/** Tells handwritten digits from print and from all else, by the picture around a candidate. It owns its back end. */
export class Verifier {
  readonly description: VerifierDescription;
  /** Side in pixels of the pictures that it takes. */
  readonly side: number;
  readonly #backEnd: InferenceBackEnd;
  readonly #quantized: Int8Array;
  readonly #input: Int8Array;
  /** The outputs for the digits, and for a digit in print; -1 where there is none. */
  readonly #digits: readonly number[];
  readonly #printed: number;

  constructor(description: VerifierDescription, backEnd: InferenceBackEnd) {
    this.description = description;
    this.side = description.input.shape[1];
    this.#backEnd = backEnd;
    this.#quantized = quantizedBytes(description.input, description.input.range);
    this.#input = new Int8Array(this.side * this.side);
    this.#digits = Array.from({ length: 10 }, (_, digit) => description.labels.indexOf(String(digit)));
    this.#printed = description.labels.indexOf(PRINTED);
  }

  /**
   * @param picture `side * side` bytes of luma, as `pictureAround` makes them
   * @throws InkError INK_TFLITE_INTERPRETER
   */
  verify(picture: Uint8Array): Verification {
    const [input, quantized] = [this.#input, this.#quantized];
    for (let at = 0; at < input.length; at++) input[at] = quantized[picture[at]];
    const output = this.#backEnd.run(input);
    const { scale } = this.description.output;
    // The zero point and the largest logit do not change a softmax.
    const largest = Math.max(...output);
    const powers = Array.from(output, (value) => Math.exp((value - largest) * scale));
    const sum = powers.reduce((total, power) => total + power, 0);
    const digits = this.#digits.map((index) => powers[index] / sum);
    const printed = (powers[this.#printed] ?? 0) / sum;
    return { digits, digit: digits.indexOf(Math.max(...digits)), printed };
  }

  close(): void {
    this.#backEnd.close();
  }
}
