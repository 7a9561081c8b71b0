import { decodeParts, encodeParts, type PartsFormat } from './parts-file.js';
import { REPLAY_PARTS, type ReplaySet } from './replay-set.js';

const FORMAT: PartsFormat = { format: 'inkcast-replay', parts: REPLAY_PARTS };

/** The file of a replay set, as `encodeParts` makes it. */
export function encodeReplay({ learn, hardTest, negatives }: ReplaySet): Uint8Array {
  return encodeParts(FORMAT, [learn, hardTest, negatives]);
}

/**
 * The inverse of `encodeReplay`.
 *
 * @param name the file's name in messages
 * @throws InkError INK_DATASET_INVALID
 */
export function decodeReplay(file: Uint8Array, name: string): ReplaySet {
  const [learn, hardTest, negatives] = decodeParts(FORMAT, file, name);
  return { learn, hardTest, negatives };
}
