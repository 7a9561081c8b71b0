export { aroundDataset, isSeenBy, type SeenCrop } from './around-dataset.js';
export { cropDataset } from './crop-dataset.js';
export { repeated } from './repeated.js';
