import { InkError } from '@inkcast/shared/errors';
import { BOX_VALUES } from '@inkcast/shared/spots';
import type { Batch } from './batch.js';
import { targetValues } from './loss-options.js';
import type { ResolvedOptions } from './resolved-options.js';

const wrong = (reason: string): InkError => new InkError('INK_BATCH_INVALID', `A batch ${reason}.`);

/** @throws InkError INK_BATCH_INVALID where the pictures do not fit the engine */
export function checkPictures({ batchSize, imageSize }: ResolvedOptions, images: Float32Array, count: number): void {
  if (!(Number.isInteger(count) && count > 0)) throw wrong(`has ${count} pictures`);
  if (count > batchSize) throw wrong(`has ${count} pictures, and the engine takes ${batchSize}`);
  if (images.length < count * imageSize) {
    throw wrong(`holds ${images.length} values for ${count} pictures of ${imageSize}`);
  }
}

/** @throws InkError INK_BATCH_INVALID where pictures, labels or targets do not fit the engine */
export function checkBatch(options: ResolvedOptions, batch: Batch): void {
  checkPictures(options, batch.images, batch.count);
  if (options.loss.kind === 'spots') checkTargets(targetsOf(batch), batch.count * targetSize(options));
  else checkLabels(labelsOf(batch), batch.count, options.outputSize);
  if (isDistilled(options)) checkTargets(softLabelsOf(batch), batch.count * targetSize(options));
}

/** Whether the loss takes soft labels beside labels. */
export const isDistilled = ({ loss }: ResolvedOptions): boolean =>
  loss.kind !== 'spots' && loss.distillation !== undefined;

/** Values of one picture's target or soft labels; 0 where the loss takes only labels. */
export function targetSize(options: ResolvedOptions): number {
  const { loss, outputSize } = options;
  if (loss.kind === 'spots') return (outputSize / (loss.classes + BOX_VALUES)) * targetValues(loss);
  return isDistilled(options) ? outputSize : 0;
}

/** @throws InkError INK_BATCH_INVALID where it has none */
export function labelsOf(batch: Batch): ArrayLike<number> {
  if ('labels' in batch) return batch.labels;
  throw wrong('has targets, and the loss takes labels');
}

/** @throws InkError INK_BATCH_INVALID where it has none */
export function softLabelsOf(batch: Batch): Float32Array {
  if ('softLabels' in batch) return batch.softLabels;
  throw wrong('has no soft labels, and the loss takes them');
}

/** @throws InkError INK_BATCH_INVALID where it has none */
export function targetsOf(batch: Batch): Float32Array {
  if ('targets' in batch) return batch.targets;
  throw wrong('has labels, and the loss takes targets');
}

function checkLabels(labels: ArrayLike<number>, count: number, classes: number): void {
  if (labels.length < count) throw wrong(`has ${labels.length} labels for ${count} pictures`);
  for (let image = 0; image < count; image++) {
    const label = labels[image];
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw wrong(`has the label ${label}, and the network has ${classes} classes`);
    }
  }
}

function checkTargets(targets: Float32Array, values: number): void {
  if (targets.length < values) throw wrong(`has ${targets.length} values of targets and needs ${values}`);
}
