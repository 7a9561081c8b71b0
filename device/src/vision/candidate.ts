import type { Box } from './geometry.js';
import type { Polarity } from './ink-map.js';
import type { Surroundings } from './surroundings.js';

/** A whole piece of ink, one with its faint ends, a join of neighbours, or a part of a piece between cuts. */
export type Origin = 'piece' | 'faint' | 'join' | 'part';

/** Ink that may be a digit, as far as it is known without looking at it closely. */
interface Ink {
  /** In pixels of the frame. */
  readonly box: Box;
  readonly origin: Origin;
  readonly polarity: Polarity;
  /** Frame pixels a pixel of the level that it was found in. */
  readonly scale: number;
  /** How far the ink stands out, in levels of luma. */
  readonly contrast: number;
  /** Mean width of the strokes, in pixels of the frame. */
  readonly strokeWidth: number;
  /** Ink in pixels of the frame. */
  readonly inkArea: number;
  /** Ink weighed by how much each pixel stands out: the sum of its levels of luma. */
  readonly inkMass: number;
  /** The ink that it is made of: two candidates that share a piece cannot both be digits. */
  readonly pieces: readonly string[];
}

/** Something in a frame that may be a digit. Candidates overlap: the best set of them is chosen once they are scored. */
export interface Candidate extends Ink {
  /** 28x28 bytes, white ink on black, normalised as MNIST is. Made when it is first asked for. */
  readonly crop: Uint8Array;
  readonly surroundings: Surroundings;
}

/** What may be a candidate. Most of a frame's proposals need no closer look, since others have explained their ink. */
export interface Proposal extends Ink {
  /** @returns undefined where its surroundings say that it is no writing */
  examine(): Candidate | undefined;
}

/** What may be a digit in a frame. */
export interface InkProposals {
  /** Pieces of ink as they were found, and with the faint ends of their strokes. */
  readonly pieces: readonly Proposal[];
  /** Joins of pieces and parts of them, without those of `settled` pieces alone: names as in `Proposal.pieces`. */
  derive(settled: ReadonlySet<string>): readonly Proposal[];
}
