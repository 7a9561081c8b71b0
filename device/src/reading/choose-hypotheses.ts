import { READER_NUMBERS } from '../numbers/index.js';
import { overlap } from '../vision/index.js';
import type { WeighedHypothesis } from './judgement/hypothesis.js';

/**
 * The set of hypotheses that is the likeliest without using any ink twice: the one with the largest sum of log-odds. Two
 * touching digits beat what both together look like, and halves of a digit lose to the whole. What is unlikely is kept
 * where nothing stands against it: its company may say otherwise.
 */
export function chooseHypotheses(weighed: readonly WeighedHypothesis[]): WeighedHypothesis[] {
  const sorted = [...weighed].sort((a, b) => b.logOdds - a.logOdds);
  const nodes = sorted.filter(({ logOdds }) => logOdds > 0);
  const conflicts = nodes.map((node) =>
    nodes.flatMap((other, index) => (other !== node && areOfSameInk(node, other) ? [index] : [])),
  );
  const weights = nodes.map(({ logOdds }) => logOdds);
  const chosen = groups(conflicts).flatMap((group) => bestSet(group, weights, conflicts).map((index) => nodes[index]));
  for (const other of sorted) {
    if (!chosen.includes(other) && !chosen.some((item) => areOfSameInk(item, other))) chosen.push(other);
  }
  return chosen;
}

/** Whether only one of two hypotheses can be true. */
export const areOfSameInk = (a: WeighedHypothesis, b: WeighedHypothesis): boolean =>
  overlap(a.candidate.box, b.candidate.box) > READER_NUMBERS.sameInk.value;

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
  if (group.length > READER_NUMBERS.maxSearchedGroup.value) return heaviestFirst(group, conflicts);
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
