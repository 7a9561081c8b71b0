import { windowOf } from '@inkcast/shared/int8-kernels';
import type { TensorData } from '@inkcast/shared/tflite';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import type { WeightedOperator } from './weighted-operator.js';

/** The covariance of the inputs that one output channel sums, as the rows of a symmetric matrix of `size` x `size`. */
export interface Covariance {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * Collects how the inputs of an operator's weights vary together over pictures and places. The inputs of a weight are in the
 * order of the filter's weights for one output channel.
 */
export class InputCovariance {
  readonly #operator: WeightedOperator;
  readonly #maxPlaces: number;
  readonly #map: Map;
  /** Weights for each output channel. */
  readonly #size: number;
  /** By input channel of a depthwise convolution; otherwise one for all. */
  readonly #sums: readonly Float64Array[];
  readonly #products: readonly Float64Array[];
  readonly #window: Float64Array;
  #count = 0;

  /** @param maxPlaces that are taken of one picture */
  constructor({ tensors }: TfliteModel, operator: WeightedOperator, maxPlaces: number) {
    const [input, filter] = operator.inputs.map((index) => tensors[index]?.shape ?? []);
    this.#operator = operator;
    this.#maxPlaces = maxPlaces;
    this.#map = mapOf(operator, input, filter, tensors[operator.outputs[0]].shape);
    const { kernel, channels } = this.#map;
    const groups = operator.kind === 'depthwiseConv2d' ? channels : 1;
    this.#size = (kernel[0] * kernel[1] * channels) / groups;
    this.#sums = Array.from({ length: groups }, () => new Float64Array(this.#size));
    this.#products = Array.from({ length: groups }, () => new Float64Array(this.#size ** 2));
    this.#window = new Float64Array(kernel[0] * kernel[1] * channels);
  }

  /** @param values of the operator's input for one picture */
  add(values: TensorData): void {
    const { places } = this.#map;
    const total = places[0] * places[1];
    const taken = Math.min(total, this.#maxPlaces);
    const groups = this.#sums.length;
    for (let index = 0; index < taken; index++) {
      // The middle of each of equal parts.
      const place = Math.floor(((index + 0.5) * total) / taken);
      this.#look(values, Math.floor(place / places[1]), place % places[1]);
      for (let group = 0; group < groups; group++) this.#addWindow(group, groups);
      this.#count++;
    }
  }

  /** The covariance for an output channel. */
  of(channel: number): Covariance {
    const group = this.#operator.kind === 'depthwiseConv2d' ? Math.floor(channel / this.#operator.depthMultiplier) : 0;
    const [size, count] = [this.#size, this.#count];
    const [sums, products] = [this.#sums[group], this.#products[group]];
    const values = new Float64Array(size ** 2);
    for (let row = 0; row < size; row++) {
      for (let column = row; column < size; column++) {
        const value = products[row * size + column] / count - (sums[row] / count) * (sums[column] / count);
        values[row * size + column] = value;
        values[column * size + row] = value;
      }
    }
    return { size, values };
  }

  /** Fills the window with the inputs at a place of the output; what is padded stays 0. */
  #look(values: TensorData, row: number, column: number): void {
    const { height, width, channels, kernel, strides, dilations, top, left } = this.#map;
    this.#window.fill(0);
    for (let down = 0; down < kernel[0]; down++) {
      const y = row * strides[0] - top + down * dilations[0];
      if (y < 0 || y >= height) continue;
      for (let right = 0; right < kernel[1]; right++) {
        const x = column * strides[1] - left + right * dilations[1];
        if (x < 0 || x >= width) continue;
        const from = (y * width + x) * channels;
        const to = (down * kernel[1] + right) * channels;
        for (let channel = 0; channel < channels; channel++) this.#window[to + channel] = values[from + channel];
      }
    }
  }

  /** Adds the part of the window that belongs to a group: every `groups`th value. */
  #addWindow(group: number, groups: number): void {
    const [size, window, sums, products] = [this.#size, this.#window, this.#sums[group], this.#products[group]];
    for (let row = 0; row < size; row++) {
      const value = window[row * groups + group];
      if (value === 0) continue;
      sums[row] += value;
      for (let column = row; column < size; column++) {
        products[row * size + column] += value * window[column * groups + group];
      }
    }
  }
}

/** The geometry of an operator; a dense layer is a window over a map of one place. */
interface Map {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly top: number;
  readonly left: number;
  /** Rows and columns of the output. */
  readonly places: readonly [number, number];
}

function mapOf(
  operator: WeightedOperator,
  input: readonly number[],
  filter: readonly number[],
  output: readonly number[],
): Map {
  if (operator.kind === 'fullyConnected') {
    const [places, channels] = [input.slice(0, -1).reduce((product, size) => product * size, 1), filter[1]];
    const one = [1, 1] as const;
    return {
      ...{ height: places, width: 1, channels, kernel: one, strides: one, dilations: one },
      ...{ top: 0, left: 0, places: [places, 1] },
    };
  }
  const { strides, dilations } = operator;
  const [, height, width, channels] = input;
  const kernel = [filter[1], filter[2]] as const;
  const { top, left } = windowOf([height, width], kernel, operator);
  return { height, width, channels, kernel, strides, dilations, top, left, places: [output[1], output[2]] };
}
