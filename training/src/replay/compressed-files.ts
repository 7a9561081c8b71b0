import { compress, decompress } from './compression.js';
import { parseReplay, replayContent } from './replay-file.js';
import type { ReplaySet } from './replay-set.js';
import { parseVerifierReplay, type VerifierReplay, verifierReplayContent } from './verifier-replay.js';

/** The file of a replay set: compressed with Brotli, the content of `replayContent`. */
export const encodeReplay = (set: ReplaySet): Uint8Array => compress(Buffer.concat(replayContent(set)));

/** The replay set of a file, see `parseReplay`. @throws InkError INK_DATASET_INVALID */
export const decodeReplay = (file: Uint8Array, name: string): ReplaySet => parseReplay(file, name, decompress);

/** The file of a verifier's replay set: compressed with Brotli, the content of `verifierReplayContent`. */
export const encodeVerifierReplay = (set: VerifierReplay): Uint8Array =>
  compress(Buffer.concat(verifierReplayContent(set)));

/** The verifier's replay set of a file, see `parseVerifierReplay`. @throws InkError INK_DATASET_INVALID */
export const decodeVerifierReplay = (file: Uint8Array, name: string): VerifierReplay =>
  parseVerifierReplay(file, name, decompress);
