import type { Predictions } from './predictions.js';

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly pictures: number;
  /** Mean confidence in the most likely label, and the share of pictures for which this label is correct. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface CalibrationError {
  /** Mean difference between confidence and accuracy, weighted by the number of pictures. */
  readonly expected: number;
  readonly bins: readonly CalibrationBin[];
}

const BINS = 15;
/** Range of the search for the temperature. */
const MIN_TEMPERATURE = 0.2;
const MAX_TEMPERATURE = 8;
/** Steps of the golden-section search: the interval shrinks to a hundred thousandth. */
const STEPS = 25;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The temperature with the smallest cross-entropy (Guo et al., "On Calibration of Modern Neural Networks", 2017). The
 * softmax of logits / T equals the normalised softmax to the power 1 / T, so the logits are not needed.
 */
export function fitTemperature(predictions: Predictions): number {
  const loss = (logarithm: number): number => crossEntropy(predictions, Math.exp(logarithm));
  let low = Math.log(MIN_TEMPERATURE);
  let high = Math.log(MAX_TEMPERATURE);
  for (let step = 0; step < STEPS; step++) {
    const width = GOLDEN * (high - low);
    if (loss(high - width) < loss(low + width)) high = low + width;
    else low = high - width;
  }
  return Math.exp((low + high) / 2);
}

/** The predictions at a temperature: the normalised power 1 / T of each probability. */
export function atTemperature({ probabilities, labels, truth }: Predictions, temperature: number): Predictions {
  const cooled = new Float32Array(probabilities.length);
  for (let start = 0; start < probabilities.length; start += labels) {
    let sum = 0;
    for (let label = 0; label < labels; label++) sum += probabilities[start + label] ** (1 / temperature);
    for (let label = 0; label < labels; label++) {
      cooled[start + label] = probabilities[start + label] ** (1 / temperature) / sum;
    }
  }
  return { probabilities: cooled, labels, truth };
}

/** Expected calibration error over fifteen bins of equal width (Naeini et al., 2015). */
export function calibrationError({ probabilities, labels, truth }: Predictions): CalibrationError {
  const sums = Array.from({ length: BINS }, () => ({ pictures: 0, confidence: 0, correct: 0 }));
  truth.forEach((label, index) => {
    const row = probabilities.subarray(index * labels, (index + 1) * labels);
    const best = row.indexOf(Math.max(...row));
    const bin = sums[Math.min(BINS - 1, Math.floor(row[best] * BINS))];
    bin.pictures++;
    bin.confidence += row[best];
    bin.correct += best === label ? 1 : 0;
  });
  const bins = sums.map(({ pictures, confidence, correct }, index) => ({
    from: index / BINS,
    to: (index + 1) / BINS,
    pictures,
    confidence: pictures === 0 ? 0 : confidence / pictures,
    accuracy: pictures === 0 ? 0 : correct / pictures,
  }));
  const off = bins.map(({ pictures, confidence, accuracy }) => pictures * Math.abs(confidence - accuracy));
  return { expected: off.reduce((sum, value) => sum + value, 0) / truth.length, bins };
}

function crossEntropy(predictions: Predictions, temperature: number): number {
  const { probabilities, labels, truth } = predictions;
  let loss = 0;
  truth.forEach((label, index) => {
    let sum = 0;
    for (let other = 0; other < labels; other++) sum += probabilities[index * labels + other] ** (1 / temperature);
    loss += Math.log(sum) - Math.log(probabilities[index * labels + label]) / temperature;
  });
  return loss / truth.length;
}
