import type { ParameterSpec, Parameters, Tensor } from '../../models/index.js';
import { areSquaresFinite } from '../divergence.js';
import type { StepResult } from '../engine.js';
import { lookUp } from '../look-up.js';
import type { MemoryMap } from './control.js';
import type { Plan } from './plan/make-plan.js';
import { SETTINGS } from './plan/plan-builder.js';
import type { Buffer } from './plan/program.js';
import { firstOfShard, SHARDS } from './shards.js';
import type { StepSettings } from './step-settings.js';

const PAGE = 65536;

/** The memory that an engine and its workers share, read and written by what lies there. */
export class EngineMemory {
  readonly map: MemoryMap;
  readonly memory: WebAssembly.Memory;
  readonly #plan: Plan;

  constructor(plan: Plan, map: MemoryMap) {
    const pages = Math.ceil(map.bytes / PAGE);
    this.map = map;
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.#plan = plan;
    for (const { buffer, values } of plan.builder.constants) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      new Uint8Array(this.memory.buffer).set(bytes, this.#address(buffer));
    }
  }

  /** Writes parameters into a block of the parameters' layout. */
  write(block: Buffer, parameters: Parameters): void {
    const { offsets } = this.#plan.builder.layout;
    for (const [name, { data }] of parameters) {
      this.#floats(this.#address(block) + lookUp(offsets, name), data.length).set(data);
    }
  }

  /** A copy of the parameters in a block. */
  read(block: Buffer, specs: readonly ParameterSpec[]): Parameters {
    const { offsets } = this.#plan.builder.layout;
    return new Map(
      specs.map((spec): [string, Tensor] => {
        const data = this.#floats(this.#address(block) + lookUp(offsets, spec.name), spec.size).slice();
        return [spec.name, { shape: spec.shape, data: Float32Array.from(data) }];
      }),
    );
  }

  /** Exchanges two blocks. */
  swap(one: Buffer, other: Buffer): void {
    const a = this.#floats(this.#address(one), one.bytes / 4);
    const b = this.#floats(this.#address(other), other.bytes / 4);
    const kept = a.slice();
    a.set(b);
    b.set(kept);
  }

  /** Shares `count` pictures out to the shards. */
  writeImages(images: Float32Array, count: number): void {
    const { builder } = this.#plan;
    const { imageSize } = builder.options;
    const counts = this.#integers(this.#address(builder.counts), SHARDS);
    for (let shard = 0; shard < SHARDS; shard++) {
      const first = firstOfShard(shard, count);
      const end = firstOfShard(shard + 1, count);
      counts[shard] = end - first;
      this.#integers(this.#address(builder.firstImage, shard), 1)[0] = first;
      const pictures = images.subarray(first * imageSize, end * imageSize);
      this.#floats(this.#address(builder.images, shard), pictures.length).set(pictures);
    }
  }

  writeLabels(labels: ArrayLike<number>, count: number): void {
    const { builder } = this.#plan;
    for (let shard = 0; shard < SHARDS; shard++) {
      const first = firstOfShard(shard, count);
      const length = firstOfShard(shard + 1, count) - first;
      const places = this.#integers(this.#address(builder.labels, shard), length);
      for (let image = 0; image < length; image++) places[image] = labels[first + image];
    }
  }

  writeSettings({ dropoutKeys, lossScale, rate, decay, averageShare }: StepSettings): void {
    const { builder } = this.#plan;
    const settings = this.#floats(this.#address(builder.settings), Object.keys(SETTINGS).length);
    settings[SETTINGS.lossScale / 4] = lossScale;
    settings[SETTINGS.rate / 4] = rate;
    settings[SETTINGS.decay / 4] = decay;
    settings[SETTINGS.averageShare / 4] = averageShare;
    this.#integers(this.#address(builder.dropoutKeys), dropoutKeys.length).set(dropoutKeys);
  }

  /** The loss and the number of correct pictures of the last run, summed over the shards in their order. */
  readResult(count: number): StepResult {
    const { builder } = this.#plan;
    let loss = 0;
    let correct = 0;
    for (let shard = 0; shard < SHARDS; shard++) {
      const address = this.#address(builder.result, shard);
      loss += new Float64Array(this.memory.buffer, address, 1)[0];
      correct += this.#integers(address + 8, 1)[0];
    }
    return { loss: loss / count, correct };
  }

  /** Whether the gradients of the last run are finite, and their squares too. */
  isFiniteGradient(): boolean {
    const { builder } = this.#plan;
    const squares = new Float64Array(this.memory.buffer, this.#address(builder.squareSums), builder.stretches);
    return areSquaresFinite(squares.reduce((sum, square) => sum + square, 0));
  }

  readProbabilities(count: number): Float32Array {
    const { builder } = this.#plan;
    const { classes } = builder.options;
    const all = new Float32Array(count * classes);
    for (let shard = 0; shard < SHARDS; shard++) {
      const first = firstOfShard(shard, count);
      const length = firstOfShard(shard + 1, count) - first;
      all.set(this.#floats(this.#address(builder.probabilities, shard), length * classes), first * classes);
    }
    return all;
  }

  #address(buffer: Buffer, shard = 0): number {
    const { space, offset } = this.#plan.placement.address(buffer);
    return space === 'shard' ? this.map.shards + shard * this.map.shardStep + offset : this.map.common + offset;
  }

  #floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  #integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }
}
