export { candidateVersion } from './candidate-version.js';
export type { NewCrop, Origin, QueueBounds, Reason } from './crop.js';
export { CropFeed, type CropFeedOptions, unsureLooks } from './crop-feed.js';
export { type CropSource, cropsOf } from './crops-of.js';
export { cropPng, EXCHANGE_FORMS, type ExchangeForm, toFolders } from './exchange/index.js';
export { keepCrops } from './keep-crops.js';
export { labelsIn, storedLabels, teachesOthers } from './labels-in.js';
export type { TaughtModels } from './taught-models.js';
export type { LearnRunner } from './teacher.js';
export { Teaching, type TeachingOptions, type TeachingSettings } from './teaching.js';
export {
  type Learning,
  type TeachingChanges,
  type TeachingCrop,
  type TeachingState,
  teachingChangesSchema,
  teachingCropSchema,
  teachingStateSchema,
} from './teaching-state.js';
