import assert from 'node:assert/strict';
import { binFeatures, type Cases, fitTrees, growTree, TREE_OPTIONS, type TreeOptions } from '@inkcast/lab/fit/trees';
import { boostedTreesSchema, logOddsOf, probabilityOf } from '@inkcast/shared/judgement';
import fc from 'fast-check';

/** Few cases need small leaves and large steps. */
const OPTIONS: TreeOptions = { trees: 40, rate: 0.3, depth: 3, minLeafWeight: 0.5, shrinkage: 1 };

/** Points on a grid over the unit square, each labelled by `isSo`. */
function gridCases(isSo: (x: number, y: number) => boolean, weightOf: (index: number) => number = () => 1): Cases {
  const side = 20;
  const rows = Array.from({ length: side ** 2 }, (_, index) =>
    Float64Array.of((index % side) / side, Math.floor(index / side) / side),
  );
  return {
    features: ['x', 'y'],
    rows,
    labels: Uint8Array.from(rows, ([x, y]) => (isSo(x, y) ? 1 : 0)),
    weights: Float64Array.from(rows, (_, index) => weightOf(index)),
  };
}

function lossOf({ rows, labels }: Cases, trees: ReturnType<typeof fitTrees>): number {
  const losses = rows.map((row, index) => {
    const probability = probabilityOf(logOddsOf(trees, row));
    return -Math.log(labels[index] === 1 ? probability : 1 - probability);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / rows.length;
}

describe('fitting boosted trees', () => {
  const isCorner = (x: number, y: number): boolean => x > 0.5 !== y > 0.3;

  it('learns an interaction of two features, in a form that the device accepts', () => {
    const cases = gridCases(isCorner);
    const trees = fitTrees(cases, OPTIONS);
    assert.deepEqual(boostedTreesSchema.parse(trees), trees);
    assert.deepEqual(trees.features, cases.features);
    cases.rows.forEach((row, index) => {
      assert.equal(logOddsOf(trees, row) > 0 ? 1 : 0, cases.labels[index], `at ${row}`);
    });
  });

  it('lowers the loss with each tree', () => {
    const cases = gridCases(isCorner);
    const losses = [0, 1, 2, 5, 10, 20, 40].map((trees) => lossOf(cases, fitTrees(cases, { ...OPTIONS, trees })));
    losses.slice(1).forEach((loss, index) => {
      assert.ok(loss < losses[index], `${losses}`);
    });
  });

  it('gives the base rate if no feature is informative', () => {
    const cases = gridCases((x, y) => Math.round(20 * (x + 20 * y)) % 4 === 0);
    const blind = { ...cases, rows: cases.rows.map(() => Float64Array.of(1, 1)) };
    const share = probabilityOf(logOddsOf(fitTrees(blind, OPTIONS), [1, 1]));
    assert.ok(Math.abs(share - 0.25) < 0.01, `${share}`);
  });

  it('uses the weight of each case', () => {
    const weightOf = (index: number): number => 1 + (index % 3);
    const weighed = gridCases((x, y) => x + y * y > 0.8, weightOf);
    const copies = weighed.rows.flatMap((_, index) => Array.from({ length: weightOf(index) }, () => index));
    const repeated: Cases = {
      features: weighed.features,
      rows: copies.map((index) => weighed.rows[index]),
      labels: Uint8Array.from(copies, (index) => weighed.labels[index]),
      weights: new Float64Array(copies.length).fill(1),
    };
    const [one, other] = [fitTrees(weighed, OPTIONS), fitTrees(repeated, OPTIONS)];
    for (const row of weighed.rows) assert.ok(Math.abs(logOddsOf(one, row) - logOddsOf(other, row)) < 1e-6);
  });

  it('is the same for the same cases', () => {
    const cases = gridCases(isCorner);
    assert.deepEqual(fitTrees(cases, OPTIONS), fitTrees(cases, OPTIONS));
  });

  it('does not split identical cases', () => {
    const trees = fitTrees(
      gridCases(() => true),
      OPTIONS,
    );
    assert.ok(Number.isFinite(logOddsOf(trees, [0.5, 0.5])));
    assert.ok(logOddsOf(trees, [0.5, 0.5]) > 5);
  });
});

describe('growing one tree', () => {
  const score = (gradient: number, curvature: number, { shrinkage }: TreeOptions): number =>
    gradient ** 2 / (curvature + shrinkage);

  it('splits where that lowers the loss most, as trying all splits finds, and not where nothing does', () => {
    const options: TreeOptions = { ...TREE_OPTIONS, depth: 1, minLeafWeight: 1.5, shrinkage: 1 };
    const one = fc.record({
      row: fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)),
      gradient: fc.double({ min: -1, max: 1, noNaN: true }),
      curvature: fc.double({ min: 0.1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 24 }), (cases) => {
        const rows = cases.map(({ row }) => Float64Array.from(row));
        const sums = (chosen: typeof cases) => ({
          gradient: chosen.reduce((sum, { gradient }) => sum + gradient, 0),
          curvature: chosen.reduce((sum, { curvature }) => sum + curvature, 0),
        });
        const all = sums(cases);
        const gainOf = (feature: number, limit: number): number => {
          const low = sums(cases.filter(({ row }) => row[feature] <= limit));
          const high = sums(cases.filter(({ row }) => row[feature] > limit));
          if (Math.min(low.curvature, high.curvature) < options.minLeafWeight) return 0;
          const after = score(low.gradient, low.curvature, options) + score(high.gradient, high.curvature, options);
          return after - score(all.gradient, all.curvature, options);
        };
        const limits = [0.5, 1.5, 2.5, 3.5, 4.5];
        const best = Math.max(0, ...[0, 1, 2].flatMap((feature) => limits.map((limit) => gainOf(feature, limit))));
        const tree = growTree(
          binFeatures(rows, 3),
          Float64Array.from(cases, ({ gradient }) => gradient),
          Float64Array.from(cases, ({ curvature }) => curvature),
          options,
        );
        const [feature] = tree.feature;
        if (feature < 0) {
          assert.ok(best < 1e-5, `a split gains ${best}`);
          return;
        }
        const limit = tree.limit[0];
        assert.ok(Math.abs(gainOf(feature, limit) - best) < 1e-6);
        const low = sums(cases.filter(({ row }) => row[feature] <= limit));
        const step = (options.rate * low.gradient) / (low.curvature + options.shrinkage);
        assert.ok(Math.abs(tree.value[tree.low[0]] - step) < 1e-9);
      }),
    );
  });
});
