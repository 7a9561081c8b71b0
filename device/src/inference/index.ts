export { openCoralBackEnd } from './coral-back-end.js';
export { presentCorals } from './coral-devices.js';
export { type CoralOptions, CoralOrFallback } from './coral-or-fallback.js';
export { type CoralTrial, tryCoral } from './coral-trial.js';
export { type CpuOptions, openCpuBackEnd } from './cpu-back-end.js';
export { CpuRuntime } from './cpu-runtime.js';
export { EDGE_TPU_LIBRARY, type EdgeTpuDevice, type EdgeTpuLibrary, openEdgeTpuLibrary } from './edge-tpu-library.js';
export {
  ModelStore,
  type ModelStoreOptions,
  openCheckedBundle,
  referenceOf,
  type StoredModel,
} from './model-store.js';
export { openBackEnd, type RunnableModel } from './open-back-end.js';
export { type BackEndChoice, type BackEndSettings, onProcessor, openRuntime } from './open-runtime.js';
export { openSpotter } from './open-spotter.js';
export { openVerifier } from './open-verifier.js';
export { companionsOf, type ModelFolders, modelStoreIn, shippedModels } from './shipped-models.js';
export type { TfLiteRuntime } from './tflite-runtime.js';
export { type BackEndTime, timeBackEnds } from './time-back-ends.js';
