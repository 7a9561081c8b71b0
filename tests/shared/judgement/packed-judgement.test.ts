import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedModels } from '@inkcast/device/inference';
import { InkError } from '@inkcast/shared/errors';
import {
  type BoostedTrees,
  type Judgement,
  judgementSchema,
  logOddsOf,
  packJudgement,
  unpackJudgement,
} from '@inkcast/shared/judgement';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';
import { sampleJudgement } from '../../support/sample-judgement.js';

/** Reads the shipped judgement. */
async function shipped(): Promise<Judgement> {
  const text = await readFile(join(shippedModels(), 'digits/judgement.json'), 'utf8');
  return judgementSchema.parse(JSON.parse(text));
}

/** Values of each feature below, at and above each of its limits. */
function valuesOf({ features, trees }: BoostedTrees): number[][] {
  return features.map((_, feature) => {
    const limits = trees.flatMap((tree) => tree.limit.filter((_, node) => tree.feature[node] === feature));
    return [0, ...limits.flatMap((limit) => [limit - 1e-9, limit, limit + 1e-9])];
  });
}

describe('a packed judgement', () => {
  it('takes every branch of the shipped one, and differs by less than a thousandth in its log-odds', async () => {
    const judgement = await shipped();
    const unpacked = judgementSchema.parse(unpackJudgement(packJudgement(judgement)));
    const random = new Random(1);
    for (const part of ['local', 'context'] as const) {
      const [own, packed] = [judgement[part], unpacked[part]];
      for (const key of ['feature', 'limit', 'low', 'high'] as const) {
        assert.deepEqual(
          packed.trees.map((tree) => tree[key]),
          own.trees.map((tree) => tree[key]),
        );
      }
      const values = valuesOf(own);
      for (let round = 0; round < 500; round++) {
        const features = values.map((each) => each[random.integer(each.length)]);
        assert.ok(Math.abs(logOddsOf(own, features) - logOddsOf(packed, features)) < 1e-3);
      }
    }
    const { local: _, context: __, ...numbers } = judgement;
    assert.deepEqual({ ...unpacked, local: 0, context: 0 }, { ...numbers, local: 0, context: 0 });
  });

  it('is the same when it is packed again', async () => {
    const packed = packJudgement(await shipped());
    assert.deepEqual(packJudgement(unpackJudgement(packed)), packed);
  });

  it('has less than an eighth of the bytes of the shipped one', async () => {
    const judgement = await shipped();
    assert.ok(packJudgement(judgement).length < JSON.stringify(judgement).length / 8);
  });

  it('is refused where it is cut off or changed', () => {
    const tree = { feature: [0, -1, -1], limit: [0.5, 0, 0], low: [1, 0, 0], high: [2, 0, 0], value: [0, -1, 1] };
    const local: BoostedTrees = { features: ['own'], start: 0, trees: [tree, tree] };
    const packed = packJudgement(sampleJudgement({ local }));
    assert.deepEqual(unpackJudgement(packed).local.trees.length, 2);
    const refused = (bytes: Uint8Array) =>
      assert.throws(
        () => unpackJudgement(bytes),
        (error) => error instanceof InkError && error.code === 'INK_BUNDLE_INVALID',
      );
    for (let length = 0; length < packed.length; length++) refused(packed.subarray(0, length));
    refused(Uint8Array.of(...packed, 0));
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.nat(255), (at, value) => {
        const changed = Uint8Array.from(packed);
        changed[at] = value;
        try {
          unpackJudgement(changed);
        } catch (error) {
          assert.equal(error instanceof InkError && error.code, 'INK_BUNDLE_INVALID');
        }
      }),
    );
  });
});
