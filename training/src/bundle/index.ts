export { type AddedSpotter, addToBundle, type BundleAdditions } from './add-to-bundle.js';
export {
  type BundleSource,
  bundleContent,
  figures,
  LAYERS_FILE,
  layersContent,
  type QuantizedModel,
  type TestSource,
} from './bundle-content.js';
export { attachedLabels, labelsOf, type ModelIdentity, modelFile } from './model-file.js';
export { type FinishedRun, openImported, openRun, withWeights } from './open-run.js';
export { quantizeRun, tfliteTools } from './quantize-run.js';
export { type QuantizationTools, REPORT_IMAGES, type RunQuantization, type ScoredModel } from './quantize-with.js';
export type { BundleContent } from './seal-content.js';
export { type AddedVerifier, verifierContent } from './verifier-content.js';
export { writeBundle } from './write-bundle.js';
