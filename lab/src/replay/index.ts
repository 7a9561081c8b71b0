export { makeReplay, type ReplayCounts, type ReplayOptions } from './make-replay.js';
