import type { ParameterSpec, Parameters, Tensor } from '../../models/index.js';
import { targetSize } from '../check-batch.js';
import { areSquaresFinite } from '../divergence.js';
import type { StepResult } from '../engine.js';
import { lookUp } from '../look-up.js';
import type { LossDivisors } from '../loss-divisors.js';
import type { MemoryMap } from './control.js';
import type { Plan } from './plan/make-plan.js';
import { SETTINGS } from './plan/plan-builder.js';
import type { Buffer } from './plan/program.js';
import { firstOfShard, SHARDS } from './shards.js';
import type { StepSettings } from './step-settings.js';

const PAGE = 65536;

/** Input and results of one shard, as views of the shared memory. */
interface ShardViews {
  readonly firstImage: Int32Array;
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly targets: Float32Array;
  /** The two sums of the loss. */
  readonly loss: Float64Array;
  readonly correct: Int32Array;
}

/** The values that all shards share in a step. */
interface CommonViews {
  readonly counts: Int32Array;
  readonly settings: Float32Array;
  readonly dropoutKeys: Int32Array;
  readonly squareSums: Float64Array;
}

/**
 * The memory that an engine and its workers share. The views that a step needs are created once, so a step allocates only
 * its promises.
 */
export class EngineMemory {
  readonly map: MemoryMap;
  readonly memory: WebAssembly.Memory;
  readonly #plan: Plan;
  readonly #common: CommonViews;
  readonly #shards: readonly ShardViews[];

  constructor(plan: Plan, map: MemoryMap) {
    const pages = Math.ceil(map.bytes / PAGE);
    this.map = map;
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.#plan = plan;
    for (const { buffer, values } of plan.builder.constants) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      new Uint8Array(this.memory.buffer).set(bytes, this.#address(buffer));
    }
    this.#common = this.#commonViews();
    this.#shards = Array.from({ length: SHARDS }, (_, shard) => this.#shardViews(shard));
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
    const { imageSize } = this.#plan.builder.options;
    for (let shard = 0; shard < SHARDS; shard++) {
      const first = firstOfShard(shard, count);
      const end = firstOfShard(shard + 1, count);
      const views = this.#shards[shard];
      this.#common.counts[shard] = end - first;
      views.firstImage[0] = first;
      views.images.set(images.subarray(first * imageSize, end * imageSize));
    }
  }

  writeLabels(labels: ArrayLike<number>, count: number): void {
    for (let shard = 0; shard < SHARDS; shard++) {
      const first = firstOfShard(shard, count);
      const length = firstOfShard(shard + 1, count) - first;
      const places = this.#shards[shard].labels;
      for (let image = 0; image < length; image++) places[image] = labels[first + image];
    }
  }

  writeTargets(targets: Float32Array, count: number): void {
    const size = targetSize(this.#plan.builder.options);
    for (let shard = 0; shard < SHARDS; shard++) {
      const first = firstOfShard(shard, count);
      const end = firstOfShard(shard + 1, count);
      this.#shards[shard].targets.set(targets.subarray(first * size, end * size));
    }
  }

  writeSettings({ dropoutKeys, lossScale, boxScale, rate, decay, averageShare }: StepSettings): void {
    const { settings } = this.#common;
    settings[SETTINGS.lossScale / 4] = lossScale;
    settings[SETTINGS.boxScale / 4] = boxScale;
    settings[SETTINGS.rate / 4] = rate;
    settings[SETTINGS.decay / 4] = decay;
    settings[SETTINGS.averageShare / 4] = averageShare;
    this.#common.dropoutKeys.set(dropoutKeys);
  }

  /** The loss of the last run and how many were correct, summed over the shards in their order. */
  readResult(divisors: LossDivisors): StepResult {
    let main = 0;
    let box = 0;
    let correct = 0;
    for (const views of this.#shards) {
      main += views.loss[0];
      box += views.loss[1];
      correct += views.correct[0];
    }
    main /= divisors.main;
    if (this.#plan.builder.options.loss.kind !== 'spots') return { loss: main, correct };
    box /= divisors.box;
    return { loss: main + box, correct, parts: { heat: main, box } };
  }

  /** Whether the gradients of the last run are finite, and their squares too. */
  isFiniteGradient(): boolean {
    return areSquaresFinite(this.#common.squareSums.reduce((sum, square) => sum + square, 0));
  }

  readPredictions(count: number): Float32Array {
    const { builder } = this.#plan;
    const { outputSize } = builder.options;
    const all = new Float32Array(count * outputSize);
    for (let shard = 0; shard < SHARDS; shard++) {
      const first = firstOfShard(shard, count);
      const length = firstOfShard(shard + 1, count) - first;
      all.set(this.#floats(this.#address(builder.predictions, shard), length * outputSize), first * outputSize);
    }
    return all;
  }

  #commonViews(): CommonViews {
    const { builder } = this.#plan;
    return {
      counts: this.#integers(this.#address(builder.counts), SHARDS),
      settings: this.#floats(this.#address(builder.settings), Object.keys(SETTINGS).length),
      dropoutKeys: this.#integers(this.#address(builder.dropoutKeys), builder.dropoutKeys.bytes / 4),
      squareSums: new Float64Array(this.memory.buffer, this.#address(builder.squareSums), builder.stretches),
    };
  }

  #shardViews(shard: number): ShardViews {
    const { builder } = this.#plan;
    const result = this.#address(builder.result, shard);
    return {
      firstImage: this.#integers(this.#address(builder.firstImage, shard), 1),
      images: this.#floats(this.#address(builder.images, shard), builder.images.bytes / 4),
      labels: this.#integers(this.#address(builder.labels, shard), builder.labels.bytes / 4),
      targets: this.#floats(this.#address(builder.targets, shard), builder.targets.bytes / 4),
      loss: new Float64Array(this.memory.buffer, result, 2),
      correct: this.#integers(result + 16, 1),
    };
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
