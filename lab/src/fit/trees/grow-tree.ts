import type { Tree } from '@inkcast/shared/judgement';
import type { BinnedFeatures } from './bin-features.js';

export interface TreeOptions {
  readonly trees: number;
  /** Learning rate: the share of each tree's step. */
  readonly rate: number;
  readonly depth: number;
  /** Minimum weight of a leaf, as the sum of second derivatives. */
  readonly minLeafWeight: number;
  /** Regularization: it is added to the second derivatives of a leaf, so small leaves take small steps. */
  readonly shrinkage: number;
}

export const TREE_OPTIONS: TreeOptions = { trees: 200, rate: 0.1, depth: 5, minLeafWeight: 8, shrinkage: 4 };

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

interface Sums {
  readonly gradient: number;
  readonly curvature: number;
}

/**
 * Grows one tree from its root down. A node is split at the largest decrease of the loss, if its leaves have enough weight.
 *
 * @param gains for each feature, the total gain of its splits; this function adds to it
 */
export function growTree(
  bins: BinnedFeatures,
  gradients: Float64Array,
  curvatures: Float64Array,
  options: TreeOptions,
  gains: Float64Array = new Float64Array(bins.bins.length),
): Tree {
  const tree: Tree = { feature: [], limit: [], low: [], high: [], value: [] };
  const grow = (cases: Uint32Array, depth: number): number => {
    const node = tree.feature.length;
    const sums = sumOf(cases, gradients, curvatures);
    const split = depth < options.depth ? bestSplit(cases, sums, bins, gradients, curvatures, options) : undefined;
    tree.feature.push(split?.feature ?? -1);
    tree.limit.push(split === undefined ? 0 : bins.limits[split.feature][split.bin]);
    tree.low.push(0);
    tree.high.push(0);
    tree.value.push((options.rate * sums.gradient) / (sums.curvature + options.shrinkage));
    if (split === undefined) return node;
    gains[split.feature] += split.gain;
    const [low, high] = partition(cases, bins.bins[split.feature], split.bin);
    tree.low[node] = grow(low, depth + 1);
    tree.high[node] = grow(high, depth + 1);
    return node;
  };
  grow(
    Uint32Array.from({ length: gradients.length }, (_, at) => at),
    0,
  );
  return tree;
}

/** Splits cases in order: bins up to the limit, and all others. */
function partition(cases: Uint32Array, column: Uint8Array, limit: number): readonly [Uint32Array, Uint32Array] {
  const low = new Uint32Array(cases.length);
  const high = new Uint32Array(cases.length);
  let [lows, highs] = [0, 0];
  for (const at of cases) {
    if (column[at] <= limit) low[lows++] = at;
    else high[highs++] = at;
  }
  return [low.subarray(0, lows), high.subarray(0, highs)];
}

function sumOf(cases: Uint32Array, gradients: Float64Array, curvatures: Float64Array): Sums {
  let [gradient, curvature] = [0, 0];
  for (const at of cases) {
    gradient += gradients[at];
    curvature += curvatures[at];
  }
  return { gradient, curvature };
}

function bestSplit(
  cases: Uint32Array,
  sums: Sums,
  { bins, limits }: BinnedFeatures,
  gradients: Float64Array,
  curvatures: Float64Array,
  { minLeafWeight, shrinkage }: TreeOptions,
): Split | undefined {
  const score = ({ gradient, curvature }: Sums): number => gradient ** 2 / (curvature + shrinkage);
  const whole = score(sums);
  let best: Split | undefined;
  for (let feature = 0; feature < bins.length; feature++) {
    const count = limits[feature].length;
    if (count === 0) continue;
    const histogram = new Float64Array(2 * (count + 1));
    const column = bins[feature];
    for (const at of cases) {
      histogram[2 * column[at]] += gradients[at];
      histogram[2 * column[at] + 1] += curvatures[at];
    }
    let [gradient, curvature] = [0, 0];
    for (let bin = 0; bin < count; bin++) {
      gradient += histogram[2 * bin];
      curvature += histogram[2 * bin + 1];
      const rest = { gradient: sums.gradient - gradient, curvature: sums.curvature - curvature };
      if (curvature < minLeafWeight || rest.curvature < minLeafWeight) continue;
      const gain = score({ gradient, curvature }) + score(rest) - whole;
      if (gain > (best?.gain ?? 1e-6)) best = { feature, bin, gain };
    }
  }
  return best;
}
