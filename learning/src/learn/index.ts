export { MIN_FREE_BYTES } from './check-memory.js';
export { type Learned, type LearnOptions, learn } from './learn.js';
export { type NodeTools, openNodeTools } from './node-tools.js';
export { openModelIn } from './open-model-in.js';
export { readCrops } from './read-crops.js';
