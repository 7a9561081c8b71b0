export { type ConversionOptions, convertNetwork } from './convert-network.js';
export { type FoldedLayer, foldNetwork } from './fold-network.js';
