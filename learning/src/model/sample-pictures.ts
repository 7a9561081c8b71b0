import { type Dataset, pictureSize, subset } from '@inkcast/training/data/portable';
import type { Pictures } from '../tools/index.js';

/** Pictures for the comparison with the integer reference. */
const VERIFIED_IMAGES = 24;

/** Some pictures of a data set, from all over it, to verify a candidate with. */
export function samplePictures(train: Dataset): Pictures {
  const step = Math.max(1, Math.floor(train.labels.length / VERIFIED_IMAGES));
  const places = Array.from({ length: Math.min(VERIFIED_IMAGES, train.labels.length) }, (_, index) => index * step);
  const { images, name, shape } = subset(train, places);
  return { name, shape, images: images.subarray(0, places.length * pictureSize(shape)) };
}
