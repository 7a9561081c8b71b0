export { type FoldedLayer, foldNetwork } from './fold-network.js';
export { type LoweringOptions, lowerNetwork } from './lower-network.js';
