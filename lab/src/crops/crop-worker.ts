import { parentPort, workerData } from 'node:worker_threads';
import { findHypotheses } from '@inkcast/reader/reading';
import { readMnist } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import { openReader } from '../models/index.js';
import { type LabelledCrop, labelFrame, photoFrames, practiceFrames } from '../synthesis/index.js';
import type { CropReport, CropTask } from './propose-crops.js';

/** Frames that are reported at once. */
const FRAMES_PER_REPORT = 100;

async function work({ seed, first, count, negatives, cuts }: CropTask): Promise<void> {
  const [{ train }, { operations, models, close }] = await Promise.all([readMnist(), openReader()]);
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
  try {
    for (const row of rows) {
      for await (const frame of row) {
        const { places } = findHypotheses(operations, models, frame);
        const proposed = places.flatMap(([hypothesis]) => hypothesis?.candidate ?? []);
        crops.push(...labelFrame(frame, proposed, random));
        frames++;
        if (frames === FRAMES_PER_REPORT) report();
      }
    }
  } finally {
    close();
  }
  report();
}

const task: CropTask = workerData;
await work(task);
