// What of the bundles runs without Node.js: their content, and quantizing with what the platform has.
export { bundleContent } from '../bundle-content.js';
export type { FinishedRun } from '../open-run.js';
export { type QuantizationTools, quantizeWith, type ScoredModel } from '../quantize-with.js';
export { type BundleContent, type SealedContent, sealContent } from '../seal-content.js';
export { type AddedVerifier, verifierContent } from '../verifier-content.js';
