import { clamp, roundAway } from './affine.js';
import type { Covariance } from './input-covariance.js';

/** Share of the mean variance that is added to every variance, so that inputs that hardly vary can be divided by (GPTQ). */
const DAMPING = 0.01;

/** How much the error of each weight is to be made up for by later ones, see `feedbackOf`. */
export interface Feedback {
  readonly size: number;
  /** In row `i` and column `k` > `i`: what the error of weight `i` adds to weight `k`. */
  readonly values: Float64Array;
}

/**
 * Factors a covariance into (U + I) D (U + I)^T, with U above the diagonal, for `roundWithFeedback`.
 *
 * Source: Chee et al., "QuIP: 2-Bit Quantization of Large Language Models With Guarantees", 2023, section 3.1 (LDLQ); the same
 * rounding as GPTQ (Frantar et al., 2022).
 */
export function feedbackOf({ size, values }: Covariance): Feedback {
  let trace = 0;
  for (let row = 0; row < size; row++) trace += values[row * size + row];
  // Where nothing varies, any positive variance gives no feedback.
  const damping = trace > 0 ? (DAMPING * trace) / size : 1;
  const rest = values.slice();
  const factors = new Float64Array(size ** 2);
  for (let last = size - 1; last >= 0; last--) {
    const variance = rest[last * size + last] + damping;
    for (let row = 0; row < last; row++) factors[row * size + last] = rest[row * size + last] / variance;
    for (let row = 0; row < last; row++) {
      const share = factors[row * size + last];
      if (share === 0) continue;
      for (let column = row; column < last; column++) {
        rest[row * size + column] -= share * variance * factors[column * size + last];
      }
    }
  }
  return { size, values: factors };
}

/**
 * Rounds the weights of one output channel to steps from `-max` to `max`, one after the other. Each also makes up for the errors
 * of those before it, so that the sum of weights times inputs changes least.
 *
 * @param weights in steps, not rounded
 */
export function roundWithFeedback(weights: Float64Array, { size, values }: Feedback, max: number): Int8Array {
  const rounded = new Int8Array(size);
  const wanted = weights.slice();
  for (let at = 0; at < size; at++) {
    rounded[at] = clamp(roundAway(wanted[at]), -max, max);
    const error = weights[at] - rounded[at];
    if (error === 0) continue;
    for (let later = at + 1; later < size; later++) wanted[later] += error * values[at * size + later];
  }
  return rounded;
}
