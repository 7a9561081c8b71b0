import type { Dataset } from '../data/portable/index.js';
import { type Decompress, type PartsFormat, parseParts, partsContent } from './parts-content.js';

/** Pictures of what a verifier was trained on, as it sees them: luma around candidates in frames. */
export interface VerifierReplay {
  /** To learn from, of every class. */
  readonly learn: Dataset;
  /** Of every class, to check with. None of them is learned from. */
  readonly check: Dataset;
  /** What is no handwritten digit, and what the verifier is sure of: none of it may become one. */
  readonly negatives: Dataset;
}

const FORMAT: PartsFormat = { format: 'inkcast-verifier-replay', parts: ['learn', 'check', 'negatives'] };

/** What the file of a verifier's replay set holds, to be compressed. */
export const verifierReplayContent = ({ learn, check, negatives }: VerifierReplay): readonly Uint8Array[] =>
  partsContent(FORMAT, [learn, check, negatives]);

/**
 * The verifier's replay set of a file.
 *
 * @param name the file's name in messages
 * @throws InkError INK_DATASET_INVALID
 */
export function parseVerifierReplay(file: Uint8Array, name: string, decompress: Decompress): VerifierReplay {
  const [learn, check, negatives] = parseParts(FORMAT, file, name, decompress);
  return { learn, check, negatives };
}
