// What of the data runs without Node.js: data sets in memory, and their batches.
export type { AugmentationStep } from '../augmentation/augmentation-schema.js';
export { type Dataset, DIGIT_SHAPE, type PictureShape, pictureSize, subset } from '../dataset.js';
export type { Batches, LoadedBatch, LoaderOptions } from '../loader/batches.js';
export { InPlaceLoader } from '../loader/in-place-loader.js';
