export { type Manifest, type ModelMetrics, manifestSchema } from './manifest.js';
