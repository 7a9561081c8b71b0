/**
 * The decay of the weights' moving average in the step after `step` others. The first steps count for more, so that the
 * first weights are soon forgotten: at most (1 + step) / (10 + step), as in TensorFlow's ExponentialMovingAverage.
 */
export const averageDecayAt = (decay: number, step: number): number => Math.min(decay, (1 + step) / (10 + step));
