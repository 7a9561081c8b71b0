import type { Dataset } from '../data/index.js';
import { type Predictor, predictAll } from '../evaluation/index.js';
import { AgreementCount } from './agreement.js';

/** How far a model that computes in float32 may be from its network: rounding, and hybrid kernels that quantize. */
const LIMITS = { float: 1e-3, labels: 0.99 };

/** The agreement of a model that computes in float32 in TensorFlow Lite with the network of its weights. */
export interface FloatVerification {
  readonly outputs: number;
  /** Pictures with the same most probable label. */
  readonly sameLabel: number;
  /** Of a probability. */
  readonly largestDifference: number;
  /** Whether the probabilities are the same but for rounding, or at least the labels nearly all: hybrid kernels quantize. */
  readonly isWithinLimits: boolean;
}

/**
 * Compares a model in TensorFlow Lite with its network in the engine, over pictures.
 *
 * @throws InkError INK_DATASET_INVALID if the pictures do not fit
 */
export async function verifyFloat(model: Predictor, network: Predictor, pictures: Dataset): Promise<FloatVerification> {
  const [actual, expected] = [await predictAll(model, pictures), await predictAll(network, pictures)];
  const count = new AgreementCount();
  const { labels } = actual;
  for (let at = 0; at < actual.probabilities.length; at += labels) {
    count.add(actual.probabilities.subarray(at, at + labels), expected.probabilities.subarray(at, at + labels));
  }
  const { outputs, sameLabel, largestDifference } = count.total;
  const same = sameLabel ?? 0;
  const isWithinLimits = largestDifference < LIMITS.float || same >= LIMITS.labels * outputs;
  return { outputs, sameLabel: same, largestDifference, isWithinLimits };
}
