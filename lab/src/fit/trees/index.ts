export { type BinnedFeatures, binFeatures } from './bin-features.js';
export { type Cases, fitTrees } from './fit-trees.js';
export { growTree, TREE_OPTIONS, type TreeOptions } from './grow-tree.js';
