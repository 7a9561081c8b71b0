export { decodeReplay, decodeVerifierReplay, encodeReplay, encodeVerifierReplay } from './compressed-files.js';
export { decompress } from './compression.js';
export { rehearsedBy, replayOf } from './open-replay.js';
export { joinDatasets, OTHER_CHARACTER, type ReplaySet } from './replay-set.js';
export type { VerifierReplay } from './verifier-replay.js';
