/**
 * The decay of the weights' moving average in step `step`, counted from 0. It is at most (1 + step) / (10 + step), as in
 * TensorFlow's ExponentialMovingAverage, so the initial weights lose their influence quickly.
 */
export const averageDecayAt = (decay: number, step: number): number => Math.min(decay, (1 + step) / (10 + step));
