import type { Classification } from '../inference/index.js';
import { type Candidate, type InkProposals, likeness, type Proposal } from '../vision/index.js';
import { evidence, meanContrast, SAME_BOX, type ScoredCandidate } from './choose-candidates.js';
import type { FrameRecorder } from './explain/index.js';

/** What has this much evidence is taken at its word: a probability of 99 %. */
const SURE = Math.log(99);

/**
 * Examines and classifies proposals one after the other, the strongest first, and leaves out those that could no longer
 * change what is read: most of a frame's time would be spent on them.
 *
 * - What another scale has shown at least as strongly in the same place, when that surely is a digit.
 * - Joins and parts of pieces that surely are digits by themselves, or have no paper around them.
 *
 * @param classify called once for each candidate that matters
 * @param recorder told of all proposals, and of those that were classified
 */
export function classifyCandidates(
  { pieces, derive }: InkProposals,
  classify: (candidate: Candidate) => Classification,
  recorder?: FrameRecorder,
): ScoredCandidate[] {
  const scored: ScoredCandidate[] = [];
  /** Digits, and what stands for one of them on another scale. */
  const sure: Proposal[] = [];
  const settled = new Set<string>();
  const settle = (proposal: Proposal): void => {
    for (const piece of proposal.pieces) settled.add(piece);
  };
  const take = (proposal: Proposal): void => {
    if (!sure.some((other) => showsTheSame(other, proposal))) {
      const candidate = proposal.examine();
      if (candidate === undefined) {
        if (proposal.origin === 'piece') settle(proposal);
        return;
      }
      const classification = classify(candidate);
      const item = { candidate, classification };
      scored.push(item);
      recorder?.scored(proposal, item);
      if (evidence(classification) < SURE) return;
    }
    sure.push(proposal);
    settle(proposal);
  };
  recorder?.proposed(pieces);
  // Whole pieces first: what they are often settles their joins and parts.
  for (const origin of ['piece', 'faint']) {
    strongestFirst(pieces.filter((piece) => piece.origin === origin)).forEach(take);
  }
  const derived = derive(settled);
  recorder?.proposed(derived);
  for (const proposal of strongestFirst(derived)) {
    if (!proposal.pieces.every((piece) => settled.has(piece))) take(proposal);
  }
  return scored;
}

function strongestFirst(proposals: readonly Proposal[]): Proposal[] {
  return [...proposals].sort((a, b) => meanContrast(b) - meanContrast(a));
}

function showsTheSame(known: Proposal, proposal: Proposal): boolean {
  return (
    known.scale !== proposal.scale &&
    meanContrast(known) >= meanContrast(proposal) &&
    likeness(known.box, proposal.box) > SAME_BOX
  );
}
