export {
  type Bundle,
  type BundleSpotter,
  type BundleVerifier,
  EDGE_TPU_MODEL_FILE,
  MANIFEST_FILE,
  MODEL_FILE,
  WEIGHTS_FILE,
} from './bundle.js';
export { checkGraphs } from './check-graphs.js';
export { areClassNames, areDigits } from './labels.js';
export {
  bundlePartsSchema,
  type Manifest,
  type ModelMetrics,
  manifestSchema,
  SPOTTER_SIZES,
  type SpotterDescription,
  type SpotterSize,
  type VerifierDescription,
} from './manifest.js';
export { partFiles } from './part-files.js';
export { type BundleExtent, type BundleSource, readBundle } from './read-bundle.js';
