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
 * With `distillation`, the loss also compares with soft labels (see `DistillationOptions`).
 *
 * @param logits pictures x classes
 * @param softLabels pictures x classes, where there is `distillation`
 */
export function crossEntropy(
  logits: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
  { labelSmoothing = 0, classWeights, distillation }: CrossEntropyOptions,
  softLabels: ArrayLike<number> = [],
): CrossEntropy {
  const count = logits.length / classes;
  const gradient = new Float64Array(logits.length);
  let loss = 0;
  let correct = 0;
  for (let image = 0; image < count; image++) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const label = labels[image];
    const wholeWeight = (classWeights?.[label] ?? 1) / count;
    const weight = wholeWeight * (1 - (distillation?.share ?? 0));
    const top = row.reduce((a, b) => Math.max(a, b));
    const logSum = top + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
    if (row.indexOf(top) === label) correct++;
    row.forEach((logit, index) => {
      const target = (index === label ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
      loss += weight * target * (logSum - logit);
      gradient[image * classes + index] = weight * (Math.exp(logit - logSum) - target);
    });
    if (distillation === undefined) continue;
    const { share, temperature } = distillation;
    const given = Array.from({ length: classes }, (_, index) => softLabels[image * classes + index]);
    const targets = atTemperature(given, temperature);
    const cooled = row.map((logit) => logit / temperature);
    const cooledTop = top / temperature;
    const cooledSum = cooledTop + Math.log(cooled.reduce((sum, logit) => sum + Math.exp(logit - cooledTop), 0));
    cooled.forEach((logit, index) => {
      loss += wholeWeight * share * temperature ** 2 * targets[index] * (cooledSum - logit);
      gradient[image * classes + index] +=
        wholeWeight * share * temperature * (Math.exp(logit - cooledSum) - targets[index]);
    });
  }
  return { loss, correct, gradient };
}

/** Probabilities to the power 1 / T, normalised: the softmax of their logits divided by T. */
function atTemperature(probabilities: readonly number[], temperature: number): readonly number[] {
  const powers = probabilities.map((probability) => probability ** (1 / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
