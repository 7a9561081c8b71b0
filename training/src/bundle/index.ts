export {
  type AddedSpotter,
  type AddedVerifier,
  addToBundle,
  type BundleAdditions,
  verifierContent,
} from './add-to-bundle.js';
export { type BundleSource, bundleContent, type QuantizedModel, type TestSource } from './bundle-content.js';
export { attachedLabels, labelsOf, type ModelIdentity, modelFile } from './model-file.js';
export { type FinishedRun, openImported, openRun, withWeights } from './open-run.js';
export { quantizeRun, type RunQuantization, type ScoredModel } from './quantize-run.js';
export { type BundleContent, writeBundle } from './write-bundle.js';
