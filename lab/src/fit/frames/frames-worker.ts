import { parentPort, workerData } from 'node:worker_threads';
import { readMnist } from '@inkcast/training/data';
import { z } from 'zod';
import { type PracticeFrame, photoFrames, practiceFrames } from '../../synthesis/index.js';
import { FrameWriter, type StoredFrame } from './frame-file.js';

/** What a worker of frames is given. */
export const framesWorkerSchema = z.object({
  out: z.string(),
  seed: z.int(),
  first: z.int().nonnegative(),
  count: z.int().nonnegative(),
  /** Folders of photographs without digits, and how many cuts are made of each picture. */
  photographs: z.array(z.string()),
  cuts: z.int().nonnegative(),
});

export type FramesWorkerTask = z.infer<typeof framesWorkerSchema>;

function stored({ width, height, gray, kind, seen }: PracticeFrame): StoredFrame {
  const marks = seen.map(({ mark, box, within }) => ({
    label: mark.glyph.label,
    box,
    within,
    inWord: mark.inWord ?? false,
  }));
  return { width, height, gray, kind, marks };
}

/** Writes one file of frames, and tells how many are done. */
async function work(): Promise<void> {
  const { out, seed, first, count, photographs, cuts } = framesWorkerSchema.parse(workerData);
  const { train } = await readMnist();
  const writer = await FrameWriter.create(out);
  try {
    for await (const frame of practiceFrames(train, { seed, first, count })) {
      await writer.write(stored(frame));
      parentPort?.postMessage('frame');
    }
    for (const folder of photographs) {
      for await (const frame of photoFrames(folder, { seed: seed ^ first, perPicture: cuts })) {
        await writer.write(stored(frame));
        parentPort?.postMessage('frame');
      }
    }
  } finally {
    await writer.close();
  }
}

await work();
