import { type Decompress, type PartsFormat, parseParts, partsContent } from './parts-content.js';
import { REPLAY_PARTS, type ReplaySet } from './replay-set.js';

const FORMAT: PartsFormat = { format: 'inkcast-replay', parts: REPLAY_PARTS };

/** What the file of a replay set holds, to be compressed. */
export const replayContent = ({ learn, hardTest, negatives }: ReplaySet): readonly Uint8Array[] =>
  partsContent(FORMAT, [learn, hardTest, negatives]);

/**
 * The replay set of a file.
 *
 * @param name the file's name in messages
 * @throws InkError INK_DATASET_INVALID
 */
export function parseReplay(file: Uint8Array, name: string, decompress: Decompress): ReplaySet {
  const [learn, hardTest, negatives] = parseParts(FORMAT, file, name, decompress);
  return { learn, hardTest, negatives };
}
