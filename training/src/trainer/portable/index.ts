// What of the trainer runs without Node.js.
export { averageWeights } from '../average-weights.js';
export { layersToFreeze, transferTo } from '../transfer.js';
