export type { CropsOptions } from './crops-options.js';
export { type CropCounts, writeCrops } from './write-crops.js';
