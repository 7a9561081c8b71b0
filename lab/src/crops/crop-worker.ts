import { parentPort, workerData } from 'node:worker_threads';
import { openOpenCvWasm, proposeCandidates } from '@inkcast/device/vision';
import { readMnist } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import { type LabelledCrop, labelFrame, photoFrames, practiceFrames } from '../synthesis/index.js';
import type { CropReport, CropTask } from './propose-crops.js';

/** Frames that are reported at once. */
const FRAMES_PER_REPORT = 100;

async function work({ seed, first, count, negatives, cuts }: CropTask): Promise<void> {
  const [{ train }, operations] = await Promise.all([readMnist(), openOpenCvWasm()]);
  const random = new Random(seed ^ first);
  let crops: LabelledCrop[] = [];
  let frames = 0;
  const report = (): void => {
    parentPort?.postMessage({ frames, crops } satisfies CropReport);
    crops = [];
    frames = 0;
  };
  const rows = [practiceFrames(train, { seed, first, count })];
  if (negatives !== undefined) rows.push(photoFrames(negatives, { seed: seed ^ first, perPicture: cuts }));
  for (const row of rows) {
    for await (const frame of row) {
      crops.push(...labelFrame(frame, proposeCandidates(operations, frame), random));
      frames++;
      if (frames === FRAMES_PER_REPORT) report();
    }
  }
  report();
}

const task: CropTask = workerData;
await work(task);
