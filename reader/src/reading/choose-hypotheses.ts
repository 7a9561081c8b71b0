import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, overlap } from '../vision/index.js';

/** An assumption about some ink, with its log-odds. */
interface Weighed {
  readonly candidate: { readonly box: Box };
  readonly logOdds: number;
}

/**
 * The likeliest set of hypotheses that uses no ink twice: the one with the largest sum of log-odds. So two touching
 * digits win over what both look like together, and a whole digit wins over its halves. An unlikely hypothesis stays if
 * it has no rival, because its neighbours may still make it likely.
 */
export function chooseHypotheses<T extends Weighed>(weighed: readonly T[]): T[] {
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

/** Whether two hypotheses are about the same ink, so that at most one of them is true. */
export const areOfSameInk = (a: Pick<Weighed, 'candidate'>, b: Pick<Weighed, 'candidate'>): boolean =>
  overlap(a.candidate.box, b.candidate.box) > READER_NUMBERS.sameInk.value;

/** The connected components of the conflict graph. */
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

/** Nodes are sorted by weight, heaviest first. */
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
