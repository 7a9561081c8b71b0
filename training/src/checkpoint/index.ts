export { type Checkpoint, loadCheckpoint, type Position, saveCheckpoint } from './checkpoint.js';
export { type EpochRecord, historySchema } from './history.js';
export { networkSchema } from './network-schema.js';
export { decodeTensors, encodeTensors, type TensorFile } from './safetensors.js';
export {
  decodeWeights,
  encodeWeights,
  loadWeights,
  saveWeights,
  type TrainedNetwork,
  weightsHash,
} from './weights-file.js';
