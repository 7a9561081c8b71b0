import type { Classification } from '../inference/index.js';
import { type Candidate, likeness, type Objection, overlap } from '../vision/index.js';

/** A candidate with what the classifier says about it. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly classification: Classification;
}

/**
 * Why a candidate is not of the best set, and what is compared:
 *
 * - `classifier`: more likely no digit than one (probability of its likeliest digit)
 * - `background`: much fainter than a sure digit that lies in it (mean contrast)
 * - `clearness`: another scale or cut shows it more clearly (evidence times mean contrast)
 * - `overlap`: others explain its ink better (evidence times ink, and the sum of theirs)
 */
export type ChoiceRule = 'classifier' | 'background' | 'clearness' | 'overlap';

export interface Choice {
  readonly chosen: readonly ScoredCandidate[];
  /** All others. */
  readonly passedOver: ReadonlyMap<ScoredCandidate, Objection<ChoiceRule>>;
}

/** Two candidates that cover one another by more than this are about the same ink, whatever level they come from. */
const SAME_PLACE = 0.5;
/** Boxes from two scales that share so much of their union are the same. */
export const SAME_BOX = 0.6;
/** Largest group of conflicting candidates that is searched whole; beyond it the heaviest wins, one after the other. */
const SEARCHED_WHOLE = 18;
const GREATEST_EVIDENCE = 6;
/** What is fainter by this factor than sure digits that lie in it is what they are written on, or a shadow over them. */
const BEHIND = 2.5;
/** Evidence of a sure digit: a probability of 90 %. */
const SURE = Math.log(9);

/**
 * The set of candidates that explains the ink best without using any ink twice: the one with the largest sum, over its
 * members, of evidence weighed by ink, faint ink counting for less than strong. A 5 in two pieces beats its body alone,
 * two touching digits beat their union, which the classifier takes for nothing, and halves of a digit lose to the whole.
 *
 * @param scored candidates that may be digits; those whose evidence is not positive are never chosen
 */
export function chooseCandidates(scored: readonly ScoredCandidate[]): Choice {
  const passedOver: PassOver = new Map();
  const nodes = clearestViews(likelyDigits(scored, passedOver), passedOver)
    .map((item) => ({ item, weight: evidence(item.classification) * item.candidate.inkMass }))
    .sort((a, b) => b.weight - a.weight);
  const conflicts = nodes.map((node) =>
    nodes.flatMap((other, index) =>
      other !== node && conflict(node.item.candidate, other.item.candidate) ? [index] : [],
    ),
  );
  const weights = nodes.map(({ weight }) => weight);
  const best = new Set(groups(conflicts).flatMap((group) => bestSet(group, weights, conflicts)));
  nodes.forEach(({ item, weight }, index) => {
    if (best.has(index)) return;
    const limit = conflicts[index].reduce((sum, other) => (best.has(other) ? sum + weights[other] : sum), 0);
    passedOver.set(item, { rule: 'overlap', value: weight, limit });
  });
  return { chosen: [...best].map((index) => nodes[index].item), passedOver };
}

type PassOver = Map<ScoredCandidate, Objection<ChoiceRule>>;

function likelyDigits(scored: readonly ScoredCandidate[], passedOver: PassOver): ScoredCandidate[] {
  return scored.filter((item) => {
    const isLikely = evidence(item.classification) > 0;
    if (!isLikely) passedOver.set(item, { rule: 'classifier', value: item.classification.digitConfidence, limit: 0.5 });
    return isLikely;
  });
}

/** One view of each place: without what lies behind surer digits, and without what is shown more clearly by another. */
export function clearestViews(scored: readonly ScoredCandidate[], passedOver: PassOver = new Map()): ScoredCandidate[] {
  return clearest(withoutBackground(scored, passedOver), passedOver);
}

/** However faint its ink is, a shadow across half of the frame has more of it than any digit. */
function withoutBackground(scored: readonly ScoredCandidate[], passedOver: PassOver): ScoredCandidate[] {
  const sure = scored
    .filter(({ classification }) => evidence(classification) >= SURE)
    .map(({ candidate }) => candidate);
  return scored.filter((item) => {
    const contrast = meanContrast(item.candidate);
    const before = sure.find(
      (other) => meanContrast(other) >= BEHIND * contrast && overlap(other.box, item.candidate.box) > SAME_PLACE,
    );
    if (before === undefined) return true;
    passedOver.set(item, { rule: 'background', value: contrast, limit: meanContrast(before) / BEHIND });
    return false;
  });
}

/**
 * Leaves out what another scale, or a higher cut, shows more clearly in the same place. Reduced pictures are blurred,
 * and blurred ink covers more: its mass would win over the sharper and better crop.
 */
function clearest(scored: readonly ScoredCandidate[], passedOver: PassOver): ScoredCandidate[] {
  const clearness = ({ candidate, classification }: ScoredCandidate): number =>
    evidence(classification) * meanContrast(candidate);
  const kept: ScoredCandidate[] = [];
  for (const item of [...scored].sort((a, b) => clearness(b) - clearness(a))) {
    const { scale, box, origin } = item.candidate;
    const { digit } = item.classification;
    const twin = kept.find(({ candidate, classification }) => {
      const isOtherView = candidate.scale !== scale || (origin === 'faint' && classification.digit === digit);
      return isOtherView && likeness(candidate.box, box) > SAME_BOX;
    });
    if (twin === undefined) kept.push(item);
    else passedOver.set(item, { rule: 'clearness', value: clearness(item), limit: clearness(twin) });
  }
  return kept;
}

/** Mean level of luma by which a candidate's ink stands out. */
export const meanContrast = ({ inkMass, inkArea }: Pick<Candidate, 'inkMass' | 'inkArea'>): number => inkMass / inkArea;

/** Log-odds of the likeliest digit, bounded: beyond that, confidence is a matter of rounding. */
export function evidence({ digitConfidence }: Classification): number {
  const odds = digitConfidence / Math.max(1e-9, 1 - digitConfidence);
  return Math.min(GREATEST_EVIDENCE, Math.log(Math.max(1e-9, odds)));
}

/** Whether two candidates are about the same ink, so that at most one of them is a digit. */
export function conflict(a: Candidate, b: Candidate): boolean {
  return a.pieces.some((piece) => b.pieces.includes(piece)) || overlap(a.box, b.box) > SAME_PLACE;
}

/** Connected groups of the conflict graph. */
function groups(conflicts: readonly (readonly number[])[]): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  conflicts.forEach((_, start) => {
    if (seen.has(start)) return;
    seen.add(start);
    const group = [start];
    for (let next = 0; next < group.length; next++) {
      for (const neighbour of conflicts[group[next]]) {
        if (seen.has(neighbour)) continue;
        seen.add(neighbour);
        group.push(neighbour);
      }
    }
    found.push(group.sort((a, b) => a - b));
  });
  return found;
}

/** Nodes come heaviest first. */
function bestSet(
  group: readonly number[],
  weights: readonly number[],
  conflicts: readonly (readonly number[])[],
): number[] {
  if (group.length > SEARCHED_WHOLE) return heaviestFirst(group, conflicts);
  let best: number[] = [];
  let bestWeight = -1;
  const search = (at: number, chosen: readonly number[], weight: number, left: number): void => {
    if (weight > bestWeight) {
      best = [...chosen];
      bestWeight = weight;
    }
    if (at === group.length || weight + left <= bestWeight) return;
    const node = group[at];
    const rest = left - weights[node];
    if (!chosen.some((other) => conflicts[node].includes(other))) {
      search(at + 1, [...chosen, node], weight + weights[node], rest);
    }
    search(at + 1, chosen, weight, rest);
  };
  search(
    0,
    [],
    0,
    group.reduce((sum, node) => sum + weights[node], 0),
  );
  return best;
}

function heaviestFirst(group: readonly number[], conflicts: readonly (readonly number[])[]): number[] {
  const chosen: number[] = [];
  for (const node of group) {
    if (!chosen.some((other) => conflicts[node].includes(other))) chosen.push(node);
  }
  return chosen;
}
