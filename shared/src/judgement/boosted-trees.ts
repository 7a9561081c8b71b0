import * as z from 'zod/mini';

/** A list that is checked at once: a schema for each of a hundred thousand numbers takes longer than all else of a bundle. */
const listOf = (isRight: (value: unknown) => boolean, what: string) =>
  z.custom<number[]>((list) => Array.isArray(list) && list.every(isRight), {
    error: `not a list of ${what}`,
    // What looks at whole trees needs their lists.
    abort: true,
  });

const isIntegerFrom = (least: number) => (value: unknown) => Number.isSafeInteger(value) && Number(value) >= least;

/**
 * One tree. Each node comes before its children. An inner node compares a feature with `limit`: `low` is the child for
 * values up to the limit, `high` the child for larger ones. A leaf has no feature and adds `value`.
 */
const treeSchema = z
  .object({
    feature: listOf(isIntegerFrom(-1), 'whole numbers from -1 on'),
    limit: listOf(Number.isFinite, 'numbers'),
    low: listOf(isIntegerFrom(0), 'whole numbers'),
    high: listOf(isIntegerFrom(0), 'whole numbers'),
    value: listOf(Number.isFinite, 'numbers'),
  })
  .check(
    z.refine(({ feature, limit, low, high, value }) => {
      const count = feature.length;
      const isEven = [limit, low, high, value].every((list) => list.length === count);
      const isForward = feature.every((index, node) => index < 0 || (low[node] > node && high[node] > node));
      return count > 0 && isEven && isForward && [...low, ...high].every((node) => node < count);
    }, 'a tree whose nodes do not lead to later nodes of it'),
  );

/** Gradient-boosted trees that add up to log-odds (Friedman, "Greedy function approximation", 2001). */
export const boostedTreesSchema = z
  .object({
    /** Names of the features, in the order of their indices. */
    features: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    /** Log-odds before any tree. */
    start: z.number(),
    trees: z.array(treeSchema),
  })
  .check(
    z.refine(
      ({ features, trees }) => trees.every((tree) => tree.feature.every((index) => index < features.length)),
      'a tree that asks for a feature that there is not',
    ),
  );

export type BoostedTrees = z.infer<typeof boostedTreesSchema>;
export type Tree = BoostedTrees['trees'][number];

/** Log-odds of a case. @param features in the order of the trees' names */
export function logOddsOf({ start, trees }: BoostedTrees, features: ArrayLike<number>): number {
  return trees.reduce((sum, tree) => sum + leafValue(tree, features), start);
}

/** The value that a tree adds for a case. */
export function leafValue({ feature, limit, low, high, value }: Tree, features: ArrayLike<number>): number {
  let node = 0;
  while (feature[node] >= 0) node = features[feature[node]] <= limit[node] ? low[node] : high[node];
  return value[node];
}

export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
