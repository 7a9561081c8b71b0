// What of the replay sets runs without Node.js: all but the compression.
export type { Decompress } from '../parts-content.js';
export { parseReplay } from '../replay-file.js';
export { joinDatasets, OTHER_CHARACTER, type ReplaySet } from '../replay-set.js';
export { parseVerifierReplay, type VerifierReplay } from '../verifier-replay.js';
