import assert from 'node:assert/strict';
import { type BoostedTrees, boostedTreesSchema, logOddsOf, probabilityOf, type Tree } from '@inkcast/shared/judgement';
import fc from 'fast-check';

const FEATURES = ['a', 'b', 'c'];
const LEAF = { feature: -1, limit: 0, low: 0, high: 0 };

/** A tree as it is thought of, to hold the stored form against. */
type Thought =
  | number
  | { readonly feature: number; readonly limit: number; readonly low: Thought; readonly high: Thought };

const value = fc.double({ min: -3, max: 3, noNaN: true });
const { thought } = fc.letrec<{ thought: Thought }>((tie) => ({
  thought: fc.oneof(
    { maxDepth: 5 },
    value,
    fc.record({ feature: fc.nat(FEATURES.length - 1), limit: value, low: tie('thought'), high: tie('thought') }),
  ),
}));

function stored(root: Thought): Tree {
  const tree: Tree = { feature: [], limit: [], low: [], high: [], value: [] };
  const store = (node: Thought): number => {
    const at = tree.feature.length;
    const isLeaf = typeof node === 'number';
    const { feature, limit } = isLeaf ? LEAF : node;
    tree.feature.push(feature);
    tree.limit.push(limit);
    tree.low.push(0);
    tree.high.push(0);
    tree.value.push(isLeaf ? node : 0);
    if (isLeaf) return at;
    tree.low[at] = store(node.low);
    tree.high[at] = store(node.high);
    return at;
  };
  store(root);
  return tree;
}

const leafOf = (node: Thought, features: readonly number[]): number => {
  if (typeof node === 'number') return node;
  return leafOf(features[node.feature] <= node.limit ? node.low : node.high, features);
};

describe('boosted trees', () => {
  it('give the sum of their leaves', () => {
    const features = fc.tuple(value, value, value);
    fc.assert(
      fc.property(fc.array(thought, { maxLength: 6 }), value, features, (roots, start, row) => {
        const trees = boostedTreesSchema.parse({ features: FEATURES, start, trees: roots.map(stored) });
        const expected = roots.reduce<number>((sum, root) => sum + leafOf(root, row), start);
        assert.ok(Math.abs(logOddsOf(trees, row) - expected) < 1e-9);
      }),
    );
  });

  it('give log-odds, which are probabilities by the logistic function', () => {
    assert.equal(probabilityOf(0), 0.5);
    assert.ok(Math.abs(probabilityOf(Math.log(3)) - 0.75) < 1e-12);
    assert.deepEqual([probabilityOf(-1000), probabilityOf(1000)], [0, 1]);
  });

  const stump: Tree = { feature: [0, -1, -1], limit: [1, 0, 0], low: [1, 0, 0], high: [2, 0, 0], value: [0, -1, 1] };
  const whole: BoostedTrees = { features: FEATURES, start: 0, trees: [stump] };

  it('are accepted if they are well formed', () => {
    assert.deepEqual(boostedTreesSchema.parse(whole), whole);
    assert.deepEqual(
      [0, 1, 1.5].map((a) => logOddsOf(whole, [a, 0, 0])),
      [-1, -1, 1],
    );
  });

  const malformed: [string, object][] = [
    ['no nodes', { feature: [], limit: [], low: [], high: [], value: [] }],
    ['lists of different lengths', { ...stump, value: [0, -1] }],
    ['a node that leads to itself', { ...stump, low: [0, 0, 0] }],
    ['a node that leads back', { ...stump, feature: [0, 1, -1], low: [1, 0, 0], high: [2, 2, 0] }],
    ['a node that leads out of the tree', { ...stump, high: [3, 0, 0] }],
    ['a feature that there is not', { ...stump, feature: [3, -1, -1] }],
    ['a feature below -1', { ...stump, feature: [-2, -1, -1] }],
    ['half a node', { ...stump, low: [1.5, 0, 0] }],
    ['a limit that is no number', { ...stump, limit: [null, 0, 0] }],
    ['no list', { ...stump, feature: undefined }],
    ['a text for a list', { ...stump, high: '200' }],
    ['an endless value', { ...stump, value: [0, Number.POSITIVE_INFINITY, 1] }],
  ];
  for (const [what, tree] of malformed) {
    it(`are refused for a tree with ${what}`, () => {
      assert.equal(boostedTreesSchema.safeParse({ ...whole, trees: [stump, tree] }).success, false);
    });
  }
});
