export { MIN_FREE_BYTES } from './check-task.js';
export { type Learned, type LearnOptions, learn } from './learn.js';
