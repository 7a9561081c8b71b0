import { lookUp } from '../../look-up.js';
import { SHARDS } from '../shards.js';
import type { PlanBuilder } from './plan-builder.js';
import { at, type Buffer, makeCall, SHARD_STEP } from './program.js';

/** Emits a group's backward calls. */
export type Backward = () => void;

// Values that one task sums or changes: small enough to share out evenly, large enough to hide what a task costs.
export const TASK_VALUES = 8192;

/** One way through the network, for training or for prediction: which buffer holds which layer's output and gradient. */
export class Flow {
  readonly builder: PlanBuilder;
  readonly training: boolean;
  readonly #values = new Map<string, Buffer>();
  readonly #gradients = new Map<string, Buffer>();
  /** Layers by whose output a gradient is needed: something is trained there or before. */
  readonly #wanted: ReadonlySet<string>;

  constructor(builder: PlanBuilder, training: boolean) {
    this.builder = builder;
    this.training = training;
    this.#wanted = training ? layersToDifferentiate(builder) : new Set();
  }

  value(layer: string): Buffer {
    return lookUp(this.#values, layer);
  }

  setValue(layer: string, buffer: Buffer): void {
    this.#values.set(layer, buffer);
  }

  /** A new buffer for a layer's output. */
  output(layer: string): Buffer {
    const buffer = this.builder.perImage(this.builder.size(layer));
    this.#values.set(layer, buffer);
    return buffer;
  }

  wantsGradient(layer: string): boolean {
    return this.#wanted.has(layer);
  }

  gradient(layer: string): Buffer {
    return lookUp(this.#gradients, layer);
  }

  /**
   * Lets `write` emit the calls that compute one reader's share of the gradient by a layer's output; where the layer has
   * other readers, their shares are added.
   */
  contribute(layer: string, write: (to: Buffer) => void): void {
    if (!this.wantsGradient(layer)) return;
    const size = this.builder.size(layer);
    const share = this.builder.perImage(size);
    write(share);
    this.contributeBuffer(layer, share);
  }

  /** The same where the share is already in a buffer that nobody else will read or write. */
  contributeBuffer(layer: string, share: Buffer): void {
    if (!this.wantsGradient(layer)) return;
    const sum = this.#gradients.get(layer);
    if (sum === undefined) this.#gradients.set(layer, share);
    else this.builder.call('accumulate', { input: share, output: sum, size: this.builder.size(layer) });
  }

  /**
   * A buffer, filled with zeros, in which each shard sums up its share of a parameter's gradient; the shares are added
   * after all shards are done.
   */
  shardGradient(parameter: string, values: number): Buffer {
    const buffer = this.builder.transient(values * 4);
    this.builder.call('fillZero', { output: buffer, size: values });
    for (let from = 0; from < values; from += TASK_VALUES) {
      const count = Math.min(TASK_VALUES, values - from);
      this.builder.reductions.push([
        makeCall('sumShards', {
          first: at(buffer, from * 4),
          shardStep: SHARD_STEP,
          shards: SHARDS,
          output: this.builder.gradientOf(parameter, from),
          count,
          squares: this.builder.squares(),
        }),
      ]);
    }
    return buffer;
  }
}

function layersToDifferentiate(builder: PlanBuilder): ReadonlySet<string> {
  const wanted = new Set<string>();
  const trained = new Set(
    builder.options.specs.filter((spec) => spec.trainable && builder.isTrained(spec.layer)).map((spec) => spec.layer),
  );
  for (const layer of builder.options.network.layers) {
    if (trained.has(layer.name) || layer.inputs.some((input) => wanted.has(input))) wanted.add(layer.name);
  }
  return wanted;
}
