export { credibleCrops } from './credible-crops.js';
export type { CropsOptions } from './crops-options.js';
export { proposeCrops } from './propose-crops.js';
export { type CropCounts, writeCrops } from './write-crops.js';
