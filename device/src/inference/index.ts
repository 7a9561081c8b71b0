export type { InferenceBackEnd } from './back-end.js';
export { CpuBackEnd, type CpuOptions, openCpuBackEnd } from './cpu-back-end.js';
export {
  type Classification,
  type DigitClassifier,
  type ModelDescription,
  NONE,
  QuantizedClassifier,
} from './digit-classifier.js';
export {
  ModelStore,
  type ModelStoreOptions,
  openCheckedBundle,
  referenceOf,
  type StoredModel,
} from './model-store.js';
export { type OpenBackEnd, openClassifier } from './open-classifier.js';
export { shippedModels } from './shipped-models.js';
