import type { FusedActivation, TensorQuantization, TfliteModel } from '@inkcast/shared/tflite-file';
import { Random } from '@inkcast/training/random';
import { bytesOf, GraphBuilder, type Unversioned } from '@inkcast/training/tflite';
import fc from 'fast-check';

/** Random settings for a graph of one operator; each kind uses those it needs. */
export interface Settings {
  readonly size: readonly [number, number];
  readonly channels: number;
  readonly filters: number;
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: 'same' | 'valid';
  readonly activation: FusedActivation;
  readonly batch: number;
  readonly seed: number;
}

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

export const settings: fc.Arbitrary<Settings> = fc.record({
  size: pair(4, 9),
  channels: fc.integer({ min: 1, max: 20 }),
  filters: fc.integer({ min: 1, max: 20 }),
  window: pair(1, 4),
  strides: pair(1, 3),
  dilations: fc.constantFrom([1, 1] as const, [1, 1] as const, [1, 2] as const, [2, 1] as const),
  padding: fc.constantFrom('same', 'valid'),
  activation: fc.constantFrom<FusedActivation>('none', 'relu', 'relu6'),
  batch: fc.integer({ min: 1, max: 2 }),
  seed: fc.nat(),
});

export type Numbers = 'float32' | 'int8';

/** Makes random tensors of one kind of numbers for a graph. */
export class RandomGraph {
  readonly graph = new GraphBuilder();
  readonly random: Random;
  readonly #numbers: Numbers;
  readonly #inputs: number[] = [];
  #output = 0;

  constructor(numbers: Numbers, seed: number) {
    this.#numbers = numbers;
    this.random = new Random(seed);
  }

  /** Between two values, on a logarithmic scale. */
  scale(least: number, most: number): number {
    return Math.fround(least * (most / least) ** this.random.uniform(0, 1));
  }

  quantization(scale = this.scale(0.005, 0.2), zeroPoint = this.random.integer(256) - 128): TensorQuantization {
    return { scales: Float32Array.of(scale), zeroPoints: Int32Array.of(zeroPoint), dimension: 0 };
  }

  /** An input or computed tensor. */
  activation(name: string, shape: readonly number[], quantization = this.quantization()): number {
    return this.#numbers === 'float32'
      ? this.graph.tensor({ name, type: 'float32', shape })
      : this.graph.tensor({ name, type: 'int8', shape, quantization });
  }

  input(shape: readonly number[], quantization?: TensorQuantization): number {
    const index = this.activation(`input${this.#inputs.length}`, shape, quantization);
    this.#inputs.push(index);
    return index;
  }

  output(shape: readonly number[], quantization?: TensorQuantization): number {
    this.#output = this.activation('output', shape, quantization);
    return this.#output;
  }

  /** A filter and a bias for it. @param channelDimension undefined where one scale is for all of the filter */
  weights(shape: readonly number[], channels: number, inputScale: number, channelDimension?: number): number[] {
    const count = shape.reduce((product, size) => product * size, 1);
    if (this.#numbers === 'float32') {
      const draw = (length: number) => Float32Array.from({ length }, () => this.random.normal());
      return [this.graph.floats('filter', shape, draw(count)), this.graph.floats('bias', [channels], draw(channels))];
    }
    const scales = Float32Array.from({ length: channelDimension === undefined ? 1 : channels }, () =>
      this.scale(0.001, 0.02),
    );
    const zeroPoints = new Int32Array(scales.length);
    const data = bytesOf(Int8Array.from({ length: count }, () => this.random.integer(255) - 127));
    const quantization = { scales, zeroPoints, dimension: channelDimension ?? 0 };
    const bias = Int32Array.from({ length: channels }, () => this.random.integer(8001) - 4000);
    const biasQuantization = { scales: scales.map((scale) => scale * inputScale), zeroPoints, dimension: 0 };
    return [
      this.graph.tensor({ name: 'filter', type: 'int8', shape, quantization, data }),
      this.graph.ints('bias', [channels], bias, biasQuantization),
    ];
  }

  operator(operator: Unversioned): void {
    this.graph.operator(operator);
  }

  build(): TfliteModel {
    return this.graph.build({ name: 'main', description: 'random', inputs: this.#inputs, outputs: [this.#output] });
  }
}
