import type { ParameterSpec } from '../../models/index.js';
import { averageDecayAt } from '../average-decay.js';
import type { AdamOptions, AdamWOptions, OptimizerOptions, SgdOptions } from '../optimizer-options.js';

/** What one step does to one parameter. */
export interface Update {
  readonly spec: ParameterSpec;
  readonly weights: Float32Array;
  readonly gradient: Float64Array;
  /** As `optimizerSlots` names them. */
  readonly slots: readonly Float32Array[];
  readonly learningRate: number;
  /** Steps done before this one. */
  readonly step: number;
}

/** Changes `weights` and `slots` in place. */
export function updateParameter(optimizer: OptimizerOptions, update: Update): void {
  if (optimizer.kind === 'sgd') updateBySgd(optimizer, update);
  else updateByAdam(optimizer, update);
}

function updateBySgd({ momentum, nesterov, weightDecay }: SgdOptions, update: Update): void {
  const { spec, weights, gradient, learningRate } = update;
  const [velocity] = update.slots;
  const decay = spec.role === 'kernel' ? weightDecay : 0;
  for (let index = 0; index < weights.length; index++) {
    const push = learningRate * (gradient[index] + decay * weights[index]);
    velocity[index] = momentum * velocity[index] - push;
    weights[index] += nesterov ? momentum * velocity[index] - push : velocity[index];
  }
}

function updateByAdam(options: AdamOptions | AdamWOptions, update: Update): void {
  const { spec, weights, gradient, learningRate, step } = update;
  const { beta1, beta2, epsilon } = options;
  const [mean, variance] = update.slots;
  const rate = (learningRate * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1));
  const decay = options.kind === 'adamw' && spec.role === 'kernel' ? learningRate * options.weightDecay : 0;
  for (let index = 0; index < weights.length; index++) {
    mean[index] += (1 - beta1) * (gradient[index] - mean[index]);
    variance[index] += (1 - beta2) * (gradient[index] ** 2 - variance[index]);
    weights[index] -= decay * weights[index] + (rate * mean[index]) / (Math.sqrt(variance[index]) + epsilon);
  }
}

/** Moves `averaged` towards `weights`. */
export function updateAverage(averaged: Float32Array, weights: Float32Array, decay: number, step: number): void {
  const share = 1 - averageDecayAt(decay, step);
  for (let index = 0; index < averaged.length; index++) averaged[index] += share * (weights[index] - averaged[index]);
}
