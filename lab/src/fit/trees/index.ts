export { type BinnedFeatures, binFeatures } from './bin-features.js';
export { type Cases, fitTrees, TREE_OPTIONS, type TreeOptions } from './fit-trees.js';
export { growTree } from './grow-tree.js';
