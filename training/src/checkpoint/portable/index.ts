// What of the checkpoints runs without Node.js: files of weights as bytes.
export type { EpochRecord } from '../history.js';
export { decodeWeights, encodeWeights, type TrainedNetwork, weightsHash } from '../weights-file.js';
