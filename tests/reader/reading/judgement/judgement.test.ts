import assert from 'node:assert/strict';
import { CONTEXT_FEATURES, judge, judgementOf, LOCAL_FEATURES, weighPlaces } from '@inkcast/reader/reading';
import type { Judgement } from '@inkcast/shared/judgement';
import { constantTrees, sampleJudgement } from '../../../support/sample-judgement.js';
import { inRow, judged } from '../support/judged.js';

const LOCAL = Object.keys(LOCAL_FEATURES);
const CONTEXT = Object.keys(CONTEXT_FEATURES);

/** Trees that ask one thing: whether a feature is above a limit. */
const oneQuestion = (features: readonly string[], name: string, limit: number) => ({
  ...constantTrees(features),
  trees: [
    {
      feature: [features.indexOf(name), -1, -1],
      ...{ limit: [limit, 0, 0], low: [1, 0, 0], high: [2, 0, 0], value: [0, -2, 2] },
    },
  ],
});

describe('the judgement of a bundle', () => {
  const of = (judgement: Judgement | undefined) => judgementOf({ folder: '/models/own', judgement });
  const fitting = sampleJudgement({ local: constantTrees(LOCAL), context: constantTrees(CONTEXT) });

  it('is taken where it was fitted to what this reader measures', () => {
    assert.equal(of(fitting), fitting);
  });

  it('of an earlier version is taken, which measured less', () => {
    const earlier = { ...fitting, local: constantTrees(LOCAL.slice(1)), context: constantTrees(CONTEXT.slice(2)) };
    assert.equal(of(earlier), earlier);
  });

  const refused: [string, Judgement | undefined, RegExp][] = [
    ['there is none', undefined, /it has a spotter and no judgement\.$/],
    ['a feature is unknown', { ...fitting, context: constantTrees([...CONTEXT, 'mood']) }, /fitted to other features/],
    ['a feature has the name of a method', { ...fitting, local: constantTrees(['toString']) }, /other features/],
  ];
  for (const [what, judgement, message] of refused) {
    it(`is refused where ${what}`, () => {
      assert.throws(() => of(judgement), { code: 'INK_BUNDLE_INVALID', message });
      assert.throws(
        () => of(judgement),
        /^INK_BUNDLE_INVALID: The bundle \/models\/own is refused: [^.]+\. Install the bundle again\.$/,
      );
    });
  }
});

describe('judging', () => {
  const [left, right] = inRow([100, 150]);

  it('takes of each place the digit that is likeliest there', () => {
    const local = oneQuestion(LOCAL, 'digit', 5);
    const places = [[judged(3, 0.5, left), judged(8, 0.5, left)], [], [judged(2, 0.5, right)]];
    assert.deepEqual(
      weighPlaces({ local }, places).map(({ digit, logOdds }) => [digit, logOdds]),
      [
        [8, 2],
        [2, -2],
      ],
    );
  });

  it('finds each feature by its name, in whatever order a judgement has them', () => {
    const places = [[judged(3, 0.5, left), judged(8, 0.5, left)]];
    for (const features of [LOCAL, LOCAL.toReversed(), ['digit']]) {
      const [{ digit, logOdds }] = weighPlaces({ local: oneQuestion(features, 'digit', 5) }, places);
      assert.deepEqual([digit, logOdds], [8, 2]);
    }
    for (const features of [CONTEXT.toReversed(), ['digit']]) {
      const [four] = places[0];
      const chosen = [{ ...four, logOdds: 0 }];
      const [{ probability }] = judge({ context: oneQuestion(features, 'digit', 5) }, chosen, chosen);
      assert.ok(Math.abs(probability - 1 / (1 + Math.exp(2))) < 1e-12);
    }
  });

  it('gives each hypothesis a probability by its company', () => {
    const context = oneQuestion(CONTEXT, 'nearLikely', 0.5);
    const [four, seven] = [judged(4, 0.9, left), judged(7, 0.9, right)];
    const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
    const probabilities = (chosen: readonly ReturnType<typeof judged>[]) =>
      judge({ context }, [four], chosen).map(({ probability }) => probability);
    assert.deepEqual(probabilities([four]), [sigmoid(-2)]);
    assert.deepEqual(probabilities([four, seven]), [sigmoid(2)]);
  });
});
