import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { openReadingEngine } from '@inkcast/device/daemon';
import { LETTER_HAND, ODD_HAND } from '@inkcast/lab/synthesis';
import { type LearnOptions, learn } from '@inkcast/learning/learn';
import { checkGraphs, openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import type { LabelledCrop, LearningProgress, LearningStep } from '@inkcast/shared/teaching';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { DIGITS, lesson, quickBundle, taskFor } from './support/lesson.js';

const DIGIT_NAMES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const LETTERS = ['A', 'K', 'T', 'X'];
const STEPS: readonly LearningStep[] = ['check', 'train', 'average', 'quantize', 'calibrate', 'verify', 'gate'];

const options = (given: Partial<LearnOptions> = {}): LearnOptions => ({
  onProgress: () => {},
  signal: new AbortController().signal,
  freeMemory: Number.POSITIVE_INFINITY,
  // As on a device, which has no MNIST: its pictures of the replay set are used.
  testPictures: async () => undefined,
  ...given,
});

const confirmed = (crops: readonly LabelledCrop[]): LabelledCrop[] =>
  crops.map((crop) => ({ ...crop, confirmed: true }));

const isRefusal = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof InkError && error.code === code && message.test(error.message);

describe('learning from labels', function () {
  this.timeout(120_000);

  it('reads a hand that was misread, and keeps what it could', async () => {
    await inTemporaryFolder(async (folder) => {
      const base = await quickBundle(folder);
      const before = await openBundle(base);
      const crops = confirmed(lesson(ODD_HAND, ['1', '9'], { seed: 1, count: 60 }));
      const task = await taskFor(folder, base, crops);
      const told: LearningProgress[] = [];
      const { report, ...identity } = await learn(task, options({ onProgress: (progress) => told.push(progress) }));

      assert.deepEqual(identity, { name: 'digits', version: task.version });
      const { heldBack, mnist, negatives, fixed, broken } = report;
      assert.equal(heldBack.count, 12);
      assert.ok(heldBack.wrongBefore !== null && heldBack.wrongAfter < heldBack.wrongBefore, JSON.stringify(heldBack));
      assert.ok(fixed.length > broken.length + 3);
      assert.ok(fixed.every((id) => crops.some((crop) => crop.id === id)));
      assert.equal(mnist?.source, 'replay');
      assert.ok(mnist.before - mnist.after < 0.3, JSON.stringify(mnist));
      // Only a part of MNIST's test pictures is there. Its accuracy is that on all of them: the base's, as far as it changed.
      const { manifest: learned } = await openBundle(task.out);
      const { float, int8 } = learned.metrics;
      const fall = 100 * (before.manifest.metrics.int8.accuracy - int8.accuracy);
      assert.ok(Math.abs(fall - (mnist.before - mnist.after)) < 0.02, `${fall}, ${JSON.stringify(mnist)}`);
      assert.ok(Math.abs(float.accuracy - int8.accuracy) < 0.003, `${float.accuracy}, ${int8.accuracy}`);
      assert.deepEqual(learned.testedOn, before.manifest.testedOn);
      assert.ok(negatives.count > 40 && negatives.falseAfter < 3, JSON.stringify(negatives));
      assert.equal(report.passed, report.reasons.length === 0);

      assert.deepEqual([...new Set(told.map(({ step }) => step))], STEPS);
      const shares = told.map(({ done }) => done);
      assert.deepEqual(
        shares,
        shares.toSorted((a, b) => a - b),
      );
      assert.ok(told.some(({ epoch, loss, accuracy }) => epoch === 8 && loss !== undefined && accuracy !== undefined));

      const after = await openBundle(task.out);
      checkGraphs(after);
      for (const name of ['spotter.tflite', 'verifier.tflite', 'judgement.json', 'replay.bin']) {
        assert.deepEqual(after.files.get(name), before.files.get(name), name);
      }
      assert.deepEqual(after.verifier?.description, before.verifier?.description);
      // The device opens it with parts that were fitted to one another.
      (await openReadingEngine(after)).close();
      assert.notDeepEqual(after.model, before.model);
      const { origin } = after.manifest;
      assert.equal(origin?.base.reference, `digits@${before.manifest.version}`);
      assert.equal(origin.base.weightsSha256, before.manifest.madeWith.weightsSha256);
      assert.deepEqual([origin.labels, origin.heldBack], [48, 12]);
      assert.deepEqual(origin.report, report);
    });
  });

  it('teaches the verifier with what is around the labels, and keeps what it knew', async () => {
    await inTemporaryFolder(async (folder) => {
      const base = await quickBundle(folder);
      const before = await openBundle(base);
      const crops = confirmed(lesson(ODD_HAND, ['1', '4', '7', '9'], { seed: 3, count: 60, around: true }));
      const task = await taskFor(folder, base, crops);
      const steps = new Set<LearningStep>();
      const { report } = await learn(task, options({ onProgress: ({ step }) => steps.add(step) }));
      assert.deepEqual([...steps], [...STEPS.slice(0, 2), 'verifier', ...STEPS.slice(2)]);
      const { heldBack, known, negatives } = report.verifier ?? assert.fail('the verifier was not taught');
      assert.equal(heldBack.count, 12);
      assert.ok(heldBack.wrongAfter < heldBack.wrongBefore, JSON.stringify(heldBack));
      assert.ok(known.count > 200 && known.wrongAfter - known.wrongBefore < 0.03 * known.count, JSON.stringify(known));
      assert.ok(negatives.count > 100 && negatives.newlyFalse < 3, JSON.stringify(negatives));

      const after = await openBundle(task.out);
      checkGraphs(after);
      assert.notDeepEqual(after.verifier?.model, before.verifier?.model);
      const { learning, recipe } = after.manifest.verifier ?? assert.fail('it has no verifier');
      assert.notDeepEqual(after.verifier?.learning?.weights, before.verifier?.learning?.weights);
      assert.deepEqual(after.verifier?.learning?.replay, before.verifier?.learning?.replay);
      assert.deepEqual(learning, before.manifest.verifier?.learning);
      assert.deepEqual(after.files.get('spotter.tflite'), before.files.get('spotter.tflite'));
      assert.ok('taught' in recipe && recipe.steps === before.manifest.verifier?.recipe.steps);
      (await openReadingEngine(after)).close();
    });
  });

  it('makes a model of other classes, and of none', async () => {
    await inTemporaryFolder(async (folder) => {
      const crops = lesson(LETTER_HAND, LETTERS, { seed: 2, count: 80 });
      const task = { ...(await taskFor(folder, DIGITS, crops)), classes: LETTERS, epochs: 12 };
      const { report } = await learn(task, options());
      const { manifest } = await openBundle(task.out);
      assert.deepEqual(manifest.labels, [...LETTERS, 'none']);
      assert.equal(report.mnist, null);
      assert.deepEqual([report.heldBack.count, report.heldBack.wrongBefore], [16, null]);
      assert.ok(report.passed, report.reasons.join(' '));
      assert.ok(report.heldBack.wrongAfter <= 1, JSON.stringify(report.heldBack));

      // What was learned can be learned on, though the replay set in it is of digits.
      const again = { ...task, base: task.out, out: join(folder, 'again'), version: '2.1.0-taught.2', epochs: 1 };
      await learn({ ...again, classes: undefined }, options());
      assert.deepEqual((await openBundle(again.out)).manifest.labels, [...LETTERS, 'none']);
    });
  });

  it('is refused with too few labels, without a replay set, and where memory is short; nothing is written', async () => {
    await inTemporaryFolder(async (folder) => {
      const few = await taskFor(folder, DIGITS, lesson(ODD_HAND, DIGIT_NAMES, { seed: 1, count: 11 }));
      await assert.rejects(learn(few, options()), isRefusal('INK_LEARNING_TOO_FEW', /\d labels to learn from, and 10/));
      const letters = await taskFor(folder, DIGITS, lesson(LETTER_HAND, LETTERS, { seed: 1, count: 19 }));
      const asked = learn({ ...letters, classes: LETTERS }, options());
      await assert.rejects(
        asked,
        isRefusal('INK_LEARNING_TOO_FEW', /class "[AKTX]" has [34] labels to learn from, and 5/),
      );
      const enough = await taskFor(folder, DIGITS, lesson(ODD_HAND, DIGIT_NAMES, { seed: 1, count: 30 }));
      const lenet = join(folder, 'lenet');
      await cp(join(DIGITS, '../lenet'), lenet, { recursive: true });
      await assert.rejects(
        learn({ ...enough, base: lenet }, options()),
        isRefusal('INK_REPLAY_MISSING', /lenet has no replay/),
      );
      const short = learn(enough, options({ freeMemory: 64 * 1024 * 1024 }));
      await assert.rejects(short, isRefusal('INK_OUT_OF_MEMORY', /needs \d+ MB of free memory, and 64 MB are free/));
      assert.ok(!existsSync(enough.out));
    });
  });

  for (const step of ['train', 'gate'] as const) {
    it(`ends where it is cancelled, in the step ${step}, and leaves nothing behind`, async () => {
      await inTemporaryFolder(async (folder) => {
        const base = await quickBundle(folder);
        const task = await taskFor(folder, base, lesson(ODD_HAND, DIGIT_NAMES, { seed: 1, count: 30 }));
        const cancelled = new AbortController();
        const onProgress = (progress: LearningProgress): void => {
          if (progress.step === step) cancelled.abort();
        };
        const learning = learn({ ...task, epochs: 1 }, options({ onProgress, signal: cancelled.signal }));
        await assert.rejects(learning, { name: 'AbortError' });
        assert.ok(!existsSync(task.out));
      });
    });
  }
});
