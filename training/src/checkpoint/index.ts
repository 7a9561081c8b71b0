export { type Checkpoint, loadCheckpoint, type Position, saveCheckpoint } from './checkpoint.js';
export { type EpochRecord, historySchema } from './history.js';
export { networkSchema } from './network-schema.js';
export { decodeTensors, encodeTensors, type TensorFile } from './safetensors.js';
export { decodeWeights, encodeWeights, type TrainedNetwork, weightsHash } from './weights-file.js';
export { loadWeights, saveWeights } from './weights-on-disk.js';
