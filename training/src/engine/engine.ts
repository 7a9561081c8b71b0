import type { Network, Parameters } from '../models/index.js';
import type { Batch } from './batch.js';
import type { LossOptions } from './loss-options.js';
import type { OptimizerOptions } from './optimizer-options.js';
import type { Schedule } from './schedule.js';

/** `reference`: plain TypeScript in double precision, slow, for comparison. `wasm`: SIMD kernels on worker threads. */
export type Backend = 'reference' | 'wasm';

/** The builds of the fast kernels. `relaxed-simd` uses fused multiply-add: it is faster, and its last bits differ. */
export type KernelBuild = 'simd' | 'relaxed-simd';

/** The options of an engine. They are the same for both back ends, so that one can replace the other. */
export interface EngineOptions {
  /** The loss determines its last layer: a softmax, or with `spots` a map. */
  readonly network: Network;
  readonly backend: Backend;
  /** Maximum number of pictures per call. The memory is allocated for this number. */
  readonly batchSize: number;
  /**
   * Worker threads of the wasm back end; default: one per core. Where threads share no memory it is one. The results do not
   * depend on it.
   */
  readonly threads?: number;
  /** The build of the wasm back end's kernels. Default: the fastest that the platform can run. */
  readonly kernels?: KernelBuild;
  /** Default: Adam as in Keras. */
  readonly optimizer?: OptimizerOptions;
  /** Default: constant 0.001. */
  readonly schedule?: Schedule;
  /** Default: cross-entropy. */
  readonly loss?: LossOptions;
  /** Maximum norm of all gradients together; larger gradients are scaled down. Default: no limit. */
  readonly clipNorm?: number;
  /** Decay of the moving average of the weights, below 1, e.g. 0.999. Default: no average is kept. */
  readonly averageDecay?: number;
  /** Layers whose parameters do not change. A frozen batch normalisation uses its moving statistics. */
  readonly frozen?: readonly string[];
  /** Seed of the initial weights and the dropout masks. */
  readonly seed: number;
}

export interface StepResult {
  /** Mean loss of the batch, before the step changed the weights. */
  readonly loss: number;
  /** Number of pictures whose most probable class is correct; with `spots`, number of centres with odds of at least 1. */
  readonly correct: number;
  /** The parts of the loss `spots`. */
  readonly parts?: { readonly heat: number; readonly box: number };
}

/** Loss and gradients of one batch, without a step. */
export interface GradientResult extends StepResult {
  /** By parameter name. Frozen layers and moving statistics have no gradients. */
  readonly gradients: Parameters;
}

/** The complete state of a training. An engine that loads it continues bit by bit. */
export interface EngineState {
  /** Steps done. */
  readonly step: number;
  readonly parameters: Parameters;
  /** The optimizer's state for each parameter, `slot/layer/part`. */
  readonly slots: Parameters;
  /** The moving average of the weights, if one is kept. */
  readonly averaged?: Parameters;
}

/** Without an average, `averaged` is refused with INK_CONFIG_INVALID. */
export type Weights = 'current' | 'averaged';

/**
 * Trains a network and runs it. One call at a time: each returns a promise to await before the next.
 *
 * Errors, on every call: INK_ENGINE_FAILED where a worker failed or the engine is not started, INK_TRAINING_DIVERGED
 * (from `trainStep` and `gradients`, naming the layer; the weights stay as they were) where a value is not finite.
 */
export interface Engine {
  readonly network: Network;
  readonly batchSize: number;
  /**
   * The implementation: `reference`, `wasm-simd` or `wasm-relaxed-simd`. It is known after the start. Weights are
   * bit-equal only for the same implementation.
   */
  readonly build: string;

  start(): Promise<void>;
  /** Ends the worker threads; the engine cannot be started again. */
  stop(): Promise<void>;

  /** @throws InkError INK_CHECKPOINT_INVALID where a name or shape is not the network's */
  loadParameters(parameters: Parameters): void;
  /** A copy of the weights. */
  parameters(weights?: Weights): Parameters;
  /** A copy of the complete state of the training. */
  state(): EngineState;
  /** @throws InkError INK_CHECKPOINT_INVALID where it is of another network or optimizer */
  loadState(state: EngineState): void;

  /** One step of training over a batch of any size up to `batchSize`. */
  trainStep(batch: Batch): Promise<StepResult>;
  /** The gradients of a batch, without a step. */
  gradients(batch: Batch): Promise<GradientResult>;
  /** The last layer's output, `count` x its shape, of at most `batchSize` pictures (NHWC): probabilities, or raw maps. */
  predict(images: Float32Array, count: number, weights?: Weights): Promise<Float32Array>;
  /** Every layer's output for at most `batchSize` pictures, by layer name, as in `predict`; each `count` x its shape. */
  activations(images: Float32Array, count: number): Promise<ReadonlyMap<string, Float32Array>>;
}
