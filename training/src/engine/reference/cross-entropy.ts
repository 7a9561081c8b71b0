import type { CrossEntropyOptions } from '../loss-options.js';

export interface CrossEntropy {
  /** Mean over the pictures. */
  readonly loss: number;
  readonly correct: number;
  /** By the logits. */
  readonly gradient: Float64Array;
}

/**
 * Cross-entropy of softmax(logits) against smoothed labels: a target of 1 - smoothing + smoothing / classes for the
 * right class and smoothing / classes for each other (Szegedy et al., "Rethinking the Inception Architecture", 2016).
 *
 * @param logits pictures x classes
 */
export function crossEntropy(
  logits: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
  { labelSmoothing = 0, classWeights }: CrossEntropyOptions,
): CrossEntropy {
  const count = logits.length / classes;
  const gradient = new Float64Array(logits.length);
  let loss = 0;
  let correct = 0;
  for (let image = 0; image < count; image++) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const label = labels[image];
    const weight = (classWeights?.[label] ?? 1) / count;
    const top = row.reduce((a, b) => Math.max(a, b));
    const logSum = top + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
    if (row.indexOf(top) === label) correct++;
    row.forEach((logit, index) => {
      const target = (index === label ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
      loss += weight * target * (logSum - logit);
      gradient[image * classes + index] = weight * (Math.exp(logit - logSum) - target);
    });
  }
  return { loss, correct, gradient };
}
