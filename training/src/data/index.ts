export { encodeIdx, type IdxArray, parseIdx } from '@inkcast/shared/idx';
export {
  type AugmentationStep,
  augmentationStepSchema,
  TUTORIAL_AUGMENTATION,
} from './augmentation/augmentation-schema.js';
export { Augmenter } from './augmentation/augmenter.js';
export type { CharacterReader, OpenCharacterReader } from './character-reader.js';
export { type DataSource, dataSourceFor, dataSourceSchema, hasTest, readDataSource } from './data-source.js';
export {
  classCounts,
  type Dataset,
  type DatasetPair,
  DIGIT_SHAPE,
  type PictureShape,
  pictureAt,
  pictureSize,
  subset,
} from './dataset.js';
export { inversionWarnings, trainingWarnings } from './dataset-warnings.js';
export { holdOutTest, TEST_SHARE } from './hold-out-test.js';
export { type IdxPair, labelsFileFor, readIdxDataset } from './idx-dataset.js';
export { BatchLoader } from './loader/batch-loader.js';
export type { Batches, LoadedBatch, LoaderOptions } from './loader/batches.js';
export { epochOrder } from './loader/epoch-order.js';
export { DIGIT_CLASSES, readMnist, readMnistTest } from './mnist.js';
export { readPictureFolder } from './picture-folder.js';
export { type PreviewOptions, previewSheet } from './preview-sheet.js';
export { type DatasetStatistics, datasetStatistics } from './statistics.js';
export { type Split, stratifiedSplit } from './stratified-split.js';
