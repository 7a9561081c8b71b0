export { type BundleSource, bundleContent, type QuantizedModel } from './bundle-content.js';
export { type BundleContent, writeBundle } from './write-bundle.js';
