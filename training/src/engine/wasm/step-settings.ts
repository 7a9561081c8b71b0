import { averageDecayAt } from '../average-decay.js';
import { dropoutKey } from '../dropout-mask.js';
import type { LossDivisors } from '../loss-divisors.js';
import type { ResolvedOptions } from '../resolved-options.js';
import { learningRateAt } from '../schedule.js';

/** The settings of the kernels for one step. */
export interface StepSettings {
  readonly lossScale: number;
  readonly boxScale: number;
  readonly rate: number;
  readonly decay: number;
  readonly averageShare: number;
  /** One for each dropout layer, in the network's order. */
  readonly dropoutKeys: readonly number[];
}

/** @param step steps done before this one */
export function stepSettings(options: ResolvedOptions, step: number, divisors: LossDivisors): StepSettings {
  const { optimizer, schedule, averageDecay, network, seed } = options;
  const learningRate = learningRateAt(schedule, step);
  const dropoutKeys = network.layers.flatMap((layer, index) =>
    layer.kind === 'dropout' ? [dropoutKey(seed, step, index)] : [],
  );
  const shared = {
    lossScale: 1 / divisors.main,
    boxScale: 1 / divisors.box,
    averageShare: averageDecay === undefined ? 0 : 1 - averageDecayAt(averageDecay, step),
    dropoutKeys,
  };
  if (optimizer.kind === 'sgd') return { ...shared, rate: learningRate, decay: optimizer.weightDecay };
  const { beta1, beta2 } = optimizer;
  return {
    ...shared,
    rate: (learningRate * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1)),
    decay: optimizer.kind === 'adamw' ? learningRate * optimizer.weightDecay : 0,
  };
}
