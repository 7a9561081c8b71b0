import type { BundleSpotter, SpotterDescription } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { resizeModel } from '@inkcast/shared/tflite-file';
import { READER_NUMBERS } from '../numbers/index.js';
import type { InferenceBackEnd } from './back-end.js';
import { quantizedBytes } from './quantized-bytes.js';
import type { Runtime } from './runtime.js';

/** Runs a bundle's spotter on pictures of any size; the sizes used last stay open. It owns its runtime and the models that it has opened there. */
export class SpotterNetwork {
  readonly description: SpotterDescription;
  readonly #model: Uint8Array;
  readonly #runtime: Runtime;
  /** The input value for each byte of luma. */
  readonly #quantized: Int8Array;
  #input = new Int8Array(0);
  /** By height and width; the one used last is at the end. */
  readonly #open = new Map<string, InferenceBackEnd>();
  #isClosed = false;

  constructor({ description, model }: BundleSpotter, runtime: Runtime) {
    this.description = description;
    this.#quantized = quantizedBytes(description.input, description.input.range);
    this.#model = model;
    this.#runtime = runtime;
  }

  /**
   * Finds out whether the runtime runs the network at all, at its own size, and keeps nothing: frames are of other sizes.
   *
   * @throws InkError what the runtime throws
   */
  check(): void {
    this.#runtime.open(this.#model).close();
  }

  /**
   * @param gray `height * width` bytes of luma, row by row
   * @returns int8 values of [height / stride, width / stride, channels], valid until the next call
   * @throws InkError INK_TFLITE_INTERPRETER, and what `resizeModel` and the runtime throw
   */
  run(gray: Uint8Array, height: number, width: number): Int8Array {
    if (gray.length !== height * width) {
      throw new InkError('INK_TFLITE_INTERPRETER', `A picture of ${width}x${height} has not ${gray.length} values.`);
    }
    return this.#backEnd(height, width).run(this.#quantize(gray));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const backEnd of this.#open.values()) backEnd.close();
    this.#open.clear();
    this.#runtime.close();
  }

  #quantize(gray: Uint8Array): Int8Array {
    if (this.#input.length !== gray.length) this.#input = new Int8Array(gray.length);
    const [input, quantized] = [this.#input, this.#quantized];
    for (let at = 0; at < gray.length; at++) input[at] = quantized[gray[at]];
    return input;
  }

  #backEnd(height: number, width: number): InferenceBackEnd {
    if (this.#isClosed) throw new InkError('INK_TFLITE_INTERPRETER', 'The spotter is closed.');
    const size = `${height}x${width}`;
    const known = this.#open.get(size);
    if (known === undefined && this.#open.size === READER_NUMBERS.spotterSizesOpen.value) this.#closeOldest();
    const backEnd = known ?? this.#runtime.open(this.#modelFor(height, width));
    this.#open.delete(size);
    this.#open.set(size, backEnd);
    return backEnd;
  }

  #closeOldest(): void {
    const [[size, backEnd]] = this.#open;
    this.#open.delete(size);
    backEnd.close();
  }

  #modelFor(height: number, width: number): Uint8Array {
    const [, ownHeight, ownWidth] = this.description.input.shape;
    return height === ownHeight && width === ownWidth ? this.#model : resizeModel(this.#model, height, width);
  }
}
