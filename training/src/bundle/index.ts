export { type BundleContent, writeBundle } from './write-bundle.js';
