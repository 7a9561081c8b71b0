import type { Batch } from '../batch.js';
import { labelsOf, targetsOf } from '../check-batch.js';
import { lossDivisors } from '../loss-divisors.js';
import type { ResolvedOptions } from '../resolved-options.js';
import { type CrossEntropy, crossEntropy } from './cross-entropy.js';
import { type SpotsLoss, spotsLoss } from './spots-loss.js';

/** The loss of a batch and its gradient by `output`, the output of the layer that the loss reads. */
export function batchLoss(options: ResolvedOptions, output: Float64Array, batch: Batch): CrossEntropy | SpotsLoss {
  const { loss, outputSize } = options;
  if (loss.kind === 'spots') return spotsLoss(output, targetsOf(batch), lossDivisors(options, batch), loss);
  return crossEntropy(output, labelsOf(batch), outputSize, loss);
}
