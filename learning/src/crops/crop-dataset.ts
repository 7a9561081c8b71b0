import type { LabelledCrop } from '@inkcast/shared/teaching';
import { type Dataset, DIGIT_SHAPE, pictureSize } from '@inkcast/training/data/portable';

/** Labelled crops as a data set. @param classes contain every label */
export function cropDataset(crops: readonly LabelledCrop[], classes: readonly string[]): Dataset {
  const size = pictureSize(DIGIT_SHAPE);
  const images = new Uint8Array(crops.length * size);
  crops.forEach(({ pixels }, index) => {
    images.set(pixels, index * size);
  });
  const labels = Uint16Array.from(crops, ({ label }) => classes.indexOf(label));
  return { name: 'labelled crops', shape: DIGIT_SHAPE, images, labels, classes, sha256: {} };
}
