import type { Classification } from '../inference/index.js';
import { type Candidate, likeness, type Origin } from '../vision/index.js';
import { evidence, meanContrast, SAME_BOX, type ScoredCandidate } from './choose-candidates.js';

/** What has this much evidence is taken at its word: a probability of 99 %. */
const SURE = Math.log(99);

/** Whole pieces first: what they are often settles their joins and parts. */
const TURNS: Readonly<Record<Origin, number>> = { piece: 0, faint: 1, join: 2, part: 2 };

/**
 * Classifies candidates one after the other, and leaves out those that could no longer change what is read: most of a
 * frame's time is spent on crops and the model.
 *
 * - What another scale has shown at least as strongly in the same place, when that surely is a digit.
 * - Joins of pieces that surely are digits by themselves, and parts of one that surely is a digit as a whole.
 *
 * @param classify called once for each candidate that matters
 */
export function classifyCandidates(
  candidates: readonly Candidate[],
  classify: (candidate: Candidate) => Classification,
): ScoredCandidate[] {
  const scored: ScoredCandidate[] = [];
  /** Digits, and what stands for one of them on another scale. */
  const sure: Candidate[] = [];
  const settled = new Set<string>();
  const inTurn = candidates
    .map((candidate) => ({ candidate, turn: TURNS[candidate.origin], strength: meanContrast(candidate) }))
    .sort((a, b) => a.turn - b.turn || b.strength - a.strength);
  for (const { candidate, strength } of inTurn) {
    if (candidate.origin !== 'faint' && candidate.pieces.every((piece) => settled.has(piece))) continue;
    if (!sure.some((other) => showsTheSame(other, candidate, strength))) {
      const classification = classify(candidate);
      scored.push({ candidate, classification });
      if (evidence(classification) < SURE) continue;
    }
    sure.push(candidate);
    for (const piece of candidate.pieces) settled.add(piece);
  }
  return scored;
}

function showsTheSame(known: Candidate, candidate: Candidate, strength: number): boolean {
  return (
    known.scale !== candidate.scale && meanContrast(known) >= strength && likeness(known.box, candidate.box) > SAME_BOX
  );
}
