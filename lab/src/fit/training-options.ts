import type { EngineOptions } from '@inkcast/training/engine';

/** Steps of warm-up before the highest learning rate, and the last rate, after a cosine decay. */
const WARM_UP_STEPS = 200;
const LAST_RATE_SHARE = 0.01;
/** Maximum norm of the gradients. */
const CLIP_NORM = 10;
/** Decay of the moving average of the weights, which is the result. */
const AVERAGE_DECAY = 0.998;

export interface NetworkTraining extends Pick<EngineOptions, 'network' | 'batchSize' | 'seed'> {
  readonly threads: number;
  readonly steps: number;
  /** Highest learning rate. */
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** How the reader's networks are trained: AdamW, a cosine schedule, clipped gradients, averaged weights. */
export const trainingOptions = ({ steps, learningRate, weightDecay, ...rest }: NetworkTraining): EngineOptions => ({
  ...rest,
  backend: 'wasm',
  optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay },
  schedule: {
    kind: 'cosine',
    learningRate,
    warmup: WARM_UP_STEPS,
    total: steps,
    final: LAST_RATE_SHARE * learningRate,
  },
  clipNorm: CLIP_NORM,
  averageDecay: AVERAGE_DECAY,
});
