import type { Dataset } from '../data/index.js';
import { decodeParts, encodeParts, type PartsFormat } from './parts-file.js';

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

/** The file of a verifier's replay set, as `encodeParts` makes it. */
export function encodeVerifierReplay({ learn, check, negatives }: VerifierReplay): Uint8Array {
  return encodeParts(FORMAT, [learn, check, negatives]);
}

/**
 * The inverse of `encodeVerifierReplay`.
 *
 * @param name the file's name in messages
 * @throws InkError INK_DATASET_INVALID
 */
export function decodeVerifierReplay(file: Uint8Array, name: string): VerifierReplay {
  const [learn, check, negatives] = decodeParts(FORMAT, file, name);
  return { learn, check, negatives };
}
