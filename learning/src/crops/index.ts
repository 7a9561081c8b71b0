export { cropDataset } from './crop-dataset.js';
export { readCrops } from './read-crops.js';
