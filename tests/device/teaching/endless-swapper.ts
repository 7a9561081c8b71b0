// Swaps a candidate of a folder in and out until it is killed, and says when it begins to.

import { Teaching } from '@inkcast/device/teaching';
import { DigitModels, writeCandidate } from './support/digit-models.js';

const [folder = ''] = process.argv.slice(2);
const models = await DigitModels.open(folder);
const teaching = new Teaching({
  folder,
  settings: () => ({
    enabled: true,
    queue: { maxCount: 10, maxAgeDays: 1, maxMegabytes: 1 },
    share: false,
    niceness: 10,
  }),
  models,
  run: async (task) => {
    if (task.kind !== 'learn') return { kind: 'doubts', doubts: [] };
    await writeCandidate(task.out, task.version);
    const report = {
      heldBack: { count: 0, wrongBefore: 0, wrongAfter: 0, verdict: 'too few to tell' as const },
      mnist: null,
      negatives: { count: 0, falseBefore: 0, falseAfter: 0, newlyFalse: 0 },
      ...{ verifier: null, fixed: [], broken: [], passed: true, reasons: [] },
    };
    return { kind: 'done', report, name: 'digits', version: task.version };
  },
  inView: async () => [],
  read: async () => [],
  report: () => {},
});
await teaching.start();
if (teaching.teacher.canUndoSwap) await teaching.teacher.undoSwap();
for (;;) {
  await teaching.teacher.learn();
  // The candidate is there when the process that made it is done.
  while (teaching.teacher.learning?.state === 'running') await new Promise((resolve) => setImmediate(resolve));
  process.stdout.write('swapping\n');
  await teaching.teacher.swap();
  await teaching.teacher.undoSwap();
}
