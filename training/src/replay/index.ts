export { rehearsedBy, replayOf } from './open-replay.js';
export { decodeReplay, encodeReplay } from './replay-file.js';
export { joinDatasets, OTHER_CHARACTER, type ReplaySet } from './replay-set.js';
export { decodeVerifierReplay, encodeVerifierReplay, type VerifierReplay } from './verifier-replay.js';
