import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LearnRunner, Teaching, TeachingState } from '@inkcast/device/teaching';
import { InkError } from '@inkcast/shared/errors';
import { type Around, type GateReport, parseLabelledCrops } from '@inkcast/shared/teaching';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { handwriting, newCrop } from './support/crops.js';
import { DigitModels, writeCandidate } from './support/digit-models.js';
import { withTeachingIn } from './support/with-teaching.js';

const PASSED: GateReport = {
  heldBack: { count: 2, wrongBefore: 1, wrongAfter: 0, verdict: 'too few to tell' },
  mnist: { before: 99.7, after: 99.7, source: 'mnist' },
  negatives: { count: 10, falseBefore: 0, falseAfter: 0, newlyFalse: 0 },
  verifier: null,
  fixed: [],
  broken: [],
  passed: true,
  reasons: [],
};

/** What is around each crop. */
const AROUND: Around = { window: 1.8, pixels: Uint8Array.from({ length: 9 }, (_, at) => 25 * at) };

/** A process that learns at once, and then says this of what came of it. */
const learnsTo =
  (report: GateReport): LearnRunner =>
  async (task, { onProgress = () => {} }) => {
    if (task.kind !== 'learn') return { kind: 'doubts', doubts: [] };
    onProgress({ kind: 'progress', step: 'train', done: 0.2, epoch: 1, epochs: 2, loss: 0.5 });
    onProgress({ kind: 'progress', step: 'train', done: 0.3, epoch: 1, epochs: 2, loss: 0.4 });
    onProgress({ kind: 'progress', step: 'train', done: 0.5, epoch: 2, epochs: 2, loss: 0.2, accuracy: 0.9 });
    await writeCandidate(task.out, task.version);
    return { kind: 'done', report, name: 'digits', version: task.version };
  };

/** A process that goes on until it is ended. */
const learnsOn: LearnRunner = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

/** Resolves with the state once a learning is over. */
async function learned(teaching: Teaching): Promise<TeachingState> {
  const ended = new AbortController();
  const end = teaching.watch(({ learning }) => {
    if (learning !== null && learning.state !== 'running') ended.abort();
  });
  await teaching.teacher.learn();
  if (!ended.signal.aborted) await once(ended.signal, 'abort');
  end();
  return teaching.state();
}

interface Taught {
  readonly folder: string;
  readonly teaching: Teaching;
  readonly models: DigitModels;
  /** Every crop that has a label. */
  readonly ids: readonly string[];
}

/** A device with some labels. */
function taught(run: LearnRunner, work: (parts: Taught) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const models = await DigitModels.open(folder);
    await withTeachingIn(
      folder,
      async (teaching) => {
        await teaching.add((await handwriting(5)).map(({ pixels }) => newCrop(pixels, 0.6, { around: AROUND })));
        const ids = (await teaching.waiting(5)).map(({ id }) => id);
        await teaching.label(ids, '7', undefined);
        await work({ folder, teaching, models, ids });
      },
      { models, run },
    );
  });
}

describe('the teacher', () => {
  it('gives every label to the process, shows how far it is, and keeps what came of it', async () => {
    const learn = learnsTo({ ...PASSED, fixed: [] });
    const files: string[] = [];
    const run: LearnRunner = async (task, options) => {
      files.push(await readFile(task.crops, 'utf8'));
      return learn(task, options);
    };
    await taught(run, async ({ folder, teaching, models, ids }) => {
      const { reference } = models.inUse();
      const { learning, canUndoSwap, model } = await learned(teaching);
      const { crops, classes } = parseLabelledCrops(files[0], 'crops');
      assert.deepEqual(classes, [...'0123456789', 'none']);
      assert.deepEqual(
        crops.map(({ id, label, heldBack, around }) => [id, label, heldBack, around]).toSorted(),
        ids.map((id, index) => [id, '7', index === 4, AROUND]).toSorted(),
      );
      const curve = [
        { epoch: 1, loss: 0.4 },
        { epoch: 2, loss: 0.2, accuracy: 0.9 },
      ];
      assert.deepEqual([learning?.state, learning?.done, learning?.curve], ['done', 1, curve]);
      assert.deepEqual(learning?.report, PASSED);
      assert.equal(learning?.candidate, `${reference}-taught.1`);
      assert.deepEqual([canUndoSwap, model], [false, reference]);
      assert.ok(!existsSync(join(folder, 'teaching/work')), 'nothing is left of the work');
      await teaching.stop();
      await withTeachingIn(
        folder,
        async (later) => {
          assert.deepEqual((await later.state()).learning, learning);
          assert.deepEqual(await later.teacher.changes(), { fixed: [], broken: [] });
        },
        { models },
      );
    });
  });

  it('swaps in what has passed, and goes back, also after a restart', () =>
    taught(learnsTo(PASSED), async ({ folder, teaching, models }) => {
      const base = models.inUse().reference;
      await assert.rejects(teaching.teacher.swap(), { code: 'INK_CANDIDATE_MISSING' });
      await assert.rejects(teaching.teacher.undoSwap(), { code: 'INK_CANDIDATE_MISSING' });
      await learned(teaching);
      await teaching.teacher.swap();
      const swapped = await teaching.state();
      assert.deepEqual([swapped.model, swapped.canUndoSwap], [`${base}-taught.1`, true]);
      assert.equal((await DigitModels.open(folder)).inUse().reference, `${base}-taught.1`);
      await assert.rejects(teaching.teacher.swap(), { code: 'INK_CANDIDATE_REFUSED' });
      // What is learned from it next is the next one.
      assert.equal((await learned(teaching)).learning?.candidate, `${base}-taught.2`);
      await teaching.stop();
      await withTeachingIn(
        folder,
        async (later) => {
          await later.teacher.undoSwap();
          const { model, canUndoSwap } = await later.state();
          assert.deepEqual([model, canUndoSwap], [base, false]);
          assert.equal((await DigitModels.open(folder)).inUse().reference, base);
          await assert.rejects(later.teacher.swap(), { code: 'INK_CANDIDATE_REFUSED' }, 'it was compared with another');
        },
        { models },
      );
    }));

  it('swaps in nothing that has not passed', () =>
    taught(learnsTo({ ...PASSED, passed: false, reasons: ['It reads 2 of 40 wrong, not 1.'] }), async (parts) => {
      const { teaching, models } = parts;
      const base = models.inUse().reference;
      const before = await models.references();
      assert.equal((await learned(teaching)).learning?.report?.passed, false);
      const refusal = { code: 'INK_CANDIDATE_REFUSED', message: 'It reads 2 of 40 wrong, not 1.' };
      await assert.rejects(teaching.teacher.swap(), refusal);
      assert.equal(models.inUse().reference, base);
      assert.deepEqual(await models.references(), before);
    }));

  it('learns one thing at a time, and nothing is left of what is cancelled', () =>
    taught(learnsOn, async ({ folder, teaching }) => {
      await teaching.teacher.learn();
      await assert.rejects(teaching.teacher.learn(), { code: 'INK_LEARNING_RUNNING' });
      await assert.rejects(teaching.teacher.doubts(), { code: 'INK_LEARNING_RUNNING' });
      assert.equal((await teaching.state()).learning?.state, 'running');
      await teaching.teacher.cancel();
      assert.equal((await teaching.state()).learning?.state, 'cancelled');
      assert.ok(!existsSync(join(folder, 'teaching/work')) && !existsSync(join(folder, 'teaching/candidate')));
      await teaching.teacher.cancel();
    }));

  it('says after a restart that it was interrupted, and can begin again', () =>
    taught(learnsOn, async ({ folder, teaching, models }) => {
      await teaching.teacher.learn();
      await teaching.stop();
      const reported: InkError[] = [];
      await withTeachingIn(
        folder,
        async (later) => {
          const { learning } = await later.state();
          assert.deepEqual([learning?.state, learning?.error?.code], ['failed', 'INK_LEARNING_INTERRUPTED']);
          assert.deepEqual(
            reported.map(({ code }) => code),
            ['INK_LEARNING_INTERRUPTED'],
          );
          assert.equal((await learned(later)).learning?.state, 'done');
        },
        { models, run: learnsTo(PASSED), report: (error) => reported.push(error) },
      );
    }));

  it('says why nothing was learned', async () => {
    const refusal = { code: 'INK_OUT_OF_MEMORY', message: 'Too little.', remedy: 'More.' };
    const runs: [LearnRunner, string, string][] = [
      [async () => ({ kind: 'refused', ...refusal }), 'refused', 'INK_OUT_OF_MEMORY'],
      [async () => ({ kind: 'failed', ...refusal }), 'failed', 'INK_OUT_OF_MEMORY'],
      [() => Promise.reject(new InkError('INK_SYSTEM_REFUSED', 'It was killed.')), 'failed', 'INK_SYSTEM_REFUSED'],
    ];
    for (const [run, state, code] of runs) {
      await taught(run, async ({ teaching }) => {
        const { learning } = await learned(teaching);
        assert.deepEqual([learning?.state, learning?.error?.code], [state, code]);
        await assert.rejects(teaching.teacher.swap(), { code: 'INK_CANDIDATE_MISSING' });
      });
    }
  });

  it('shows labels that the model contradicts once more, until they are confirmed', async () => {
    const looked: string[] = [];
    const run: LearnRunner = async ({ crops }) => {
      const labelled = parseLabelledCrops(await readFile(crops, 'utf8'), 'crops').crops;
      looked.push(labelled.map(({ confirmed }) => Number(confirmed)).join(''));
      const [{ id, label }] = labelled;
      return { kind: 'doubts', doubts: [{ id, label, guesses: [{ label: '1', probability: 0.99 }] }] };
    };
    await taught(run, async ({ teaching }) => {
      const [{ id }] = await teaching.teacher.doubts();
      await teaching.confirm([id]);
      await teaching.teacher.doubts();
      assert.deepEqual(looked, ['00000', '10000']);
    });
  });
});
