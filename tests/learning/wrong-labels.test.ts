import assert from 'node:assert/strict';
import { ODD_HAND } from '@inkcast/lab/synthesis';
import { cropDataset } from '@inkcast/learning/crops';
import { learn, type NodeTools, openModelIn, openNodeTools } from '@inkcast/learning/learn';
import { opinionsOn } from '@inkcast/learning/model';
import { secondLook } from '@inkcast/learning/second-look';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { DIGITS, type LessonCrop, lesson, quickBundle, taskFor } from './support/lesson.js';

const NAMES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const SEEDS = [11, 12, 13, 14, 15];

async function countRight(tools: NodeTools, folder: string, crops: readonly LessonCrop[]): Promise<number> {
  const model = await openModelIn(folder);
  const [opinions] = await opinionsOn(tools, model, cropDataset(crops, model.labels));
  return crops.filter(({ truth }, index) => opinions[index][0].label === truth).length;
}

const isWrong = ({ label, truth }: LessonCrop): boolean => label !== truth;

describe('one label in ten that is wrong', function () {
  this.timeout(120_000);
  let tools: NodeTools;

  before(() => {
    tools = openNodeTools();
  });
  after(() => tools.close());

  it('is caught by the second look, which asks for few of the others again', async () => {
    const model = await openModelIn(DIGITS);
    for (const seed of SEEDS) {
      const crops = lesson(ODD_HAND, NAMES, { seed, count: 120, wrong: 0.1 });
      const asked = new Set((await secondLook(tools, model, crops)).map(({ id }) => id));
      const wrong = crops.filter(isWrong);
      const missed = wrong.filter(({ id }) => !asked.has(id));
      assert.ok(wrong.length >= 5, `seed ${seed}`);
      // What is missed are forms that the model itself does not read: the 1 and the 9 of this hand.
      assert.ok(
        missed.every(({ truth }) => truth === '1' || truth === '9'),
        `seed ${seed}: ${JSON.stringify(missed.map(({ truth, label }) => [truth, label]))}`,
      );
      assert.ok(asked.size - (wrong.length - missed.length) <= 12, `seed ${seed}: ${asked.size} asked`);
    }
  });

  for (const seed of SEEDS.slice(0, 1)) {
    it(`makes no worse model where a person insists on it: the gate stops it, or it reads no less (seed ${seed})`, async () => {
      await inTemporaryFolder(async (folder) => {
        const base = await quickBundle(folder);
        const crops = lesson(ODD_HAND, NAMES, { seed, count: 60, wrong: 0.1 }).map((crop) => ({
          ...crop,
          confirmed: true,
        }));
        const task = await taskFor(folder, base, crops);
        const { report } = await learn(task, {
          onProgress: () => {},
          signal: new AbortController().signal,
          freeMemory: Number.POSITIVE_INFINITY,
          testPictures: async () => undefined,
        });
        const fresh = lesson(ODD_HAND, NAMES, { seed: 7, count: 200 });
        const [before, after] = await Promise.all([base, task.out].map((model) => countRight(tools, model, fresh)));
        assert.ok(!report.passed || after >= before, `${before} right before, ${after} after`);
      });
    });
  }
});
