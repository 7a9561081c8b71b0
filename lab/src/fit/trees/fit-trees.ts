import { type BoostedTrees, leafValue, probabilityOf, type Tree } from '@inkcast/shared/judgement';
import { type BinnedFeatures, binFeatures } from './bin-features.js';
import { growTree, TREE_OPTIONS, type TreeOptions } from './grow-tree.js';

/** Training cases. */
export interface Cases {
  readonly features: readonly string[];
  /** One row per case, with features in the order of their names. */
  readonly rows: readonly Float64Array[];
  /** 1 if the case is positive, otherwise 0. */
  readonly labels: Uint8Array;
  /** The weight of each case. */
  readonly weights: Float64Array;
}

/**
 * Fits log-odds with gradient-boosted trees. Each tree takes a Newton step of the logistic loss (Friedman, Hastie and
 * Tibshirani, "Additive logistic regression", 2000). Histograms of the features find the best split, as in XGBoost and
 * LightGBM.
 *
 * @param gains for each feature, the total gain of its splits; this function adds to it
 */
export function fitTrees(
  cases: Cases,
  options: TreeOptions = TREE_OPTIONS,
  gains: Float64Array = new Float64Array(cases.features.length),
): BoostedTrees {
  const { features, rows, labels, weights } = cases;
  const bins = binFeatures(rows, features.length);
  let positive = 0;
  let total = 0;
  labels.forEach((label, index) => {
    positive += label * weights[index];
    total += weights[index];
  });
  const start = Math.log(Math.max(1e-3, positive) / Math.max(1e-3, total - positive));
  const logOdds = new Float64Array(rows.length).fill(start);
  const trees: Tree[] = [];
  for (let index = 0; index < options.trees; index++) {
    const tree = nextTree(cases, bins, logOdds, options, gains);
    trees.push(tree);
    rows.forEach((row, at) => {
      logOdds[at] += leafValue(tree, row);
    });
  }
  return { features: [...features], start, trees };
}

function nextTree(
  { labels, weights }: Cases,
  bins: BinnedFeatures,
  logOdds: Float64Array,
  options: TreeOptions,
  gains: Float64Array,
): Tree {
  const gradients = new Float64Array(labels.length);
  const curvatures = new Float64Array(labels.length);
  for (let at = 0; at < labels.length; at++) {
    const probability = probabilityOf(logOdds[at]);
    gradients[at] = weights[at] * (labels[at] - probability);
    curvatures[at] = weights[at] * Math.max(1e-6, probability * (1 - probability));
  }
  return growTree(bins, gradients, curvatures, options, gains);
}
