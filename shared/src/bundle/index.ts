export { type Bundle, EDGE_TPU_MODEL_FILE, MANIFEST_FILE, MODEL_FILE, WEIGHTS_FILE } from './bundle.js';
export { bundleGraph } from './bundle-graph.js';
export { type Manifest, type ModelMetrics, manifestSchema } from './manifest.js';
export { openBundle } from './open-bundle.js';
