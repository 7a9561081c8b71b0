import { join } from 'node:path';
import { replaceFile } from '@inkcast/shared/files';
import { type Dataset, DIGIT_SHAPE, encodeIdx, pictureSize, readMnist } from '@inkcast/training/data';
import { type LabelledCrop, NONE_LABEL } from '../synthesis/index.js';
import { credibleCrops } from './credible-crops.js';
import type { CropsOptions } from './crops-options.js';
import { proposeCrops } from './propose-crops.js';

/** A summary of the written crops. */
export interface CropCounts {
  readonly mnist: number;
  readonly frames: number;
  readonly digits: number;
  readonly none: number;
  /** Crops whose label the checking models contradicted. */
  readonly leftOut: number;
}

const PIXELS = pictureSize(DIGIT_SHAPE);

/**
 * Renders training frames and lets the device's vision propose crops. Writes MNIST's 60,000 training pictures and then the
 * crops that have a clear label, as IDX files with eleven classes: the digits, then none.
 *
 * @param folder receives `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`
 * @param progress receives the number of finished frames
 * @throws InkError if a bundle for the check cannot be used, or a file cannot be written
 */
export async function writeCrops(
  folder: string,
  options: CropsOptions,
  progress: (frames: number) => void,
): Promise<CropCounts> {
  const proposed = await proposeCrops(options, progress);
  const crops = await credibleCrops(proposed.crops, options.check);
  const { train } = await readMnist();
  await writeIdx(folder, train, crops);
  const none = crops.filter(({ label }) => label === NONE_LABEL).length;
  return {
    mnist: train.labels.length,
    frames: proposed.frames,
    digits: crops.length - none,
    none,
    leftOut: proposed.crops.length - crops.length,
  };
}

async function writeIdx(folder: string, before: Dataset, crops: readonly LabelledCrop[]): Promise<void> {
  const images = new Uint8Array(before.images.length + PIXELS * crops.length);
  const labels = new Uint8Array(before.labels.length + crops.length);
  images.set(before.images);
  labels.set(before.labels);
  crops.forEach(({ crop, label }, index) => {
    images.set(crop, before.images.length + PIXELS * index);
    labels[before.labels.length + index] = label;
  });
  const [height, width] = DIGIT_SHAPE;
  const pictures = encodeIdx({ sizes: [labels.length, height, width], data: images });
  await replaceFile(join(folder, 'train-images-idx3-ubyte'), pictures);
  await replaceFile(join(folder, 'train-labels-idx1-ubyte'), encodeIdx({ sizes: [labels.length], data: labels }));
}
