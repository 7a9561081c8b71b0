import { parentPort, workerData } from 'node:worker_threads';
import { readMnist } from '@inkcast/training/data';
import { type Kind, type PracticeFrame, photoFrames, practiceFrames } from '../../synthesis/index.js';
import { FrameWriter, type StoredFrame } from './frame-file.js';

/** Frames that one thread writes: a part of those that are drawn, or cuts of photographs. */
export type FramesTask = { readonly out: string; readonly seed: number } & (
  | { readonly first: number; readonly count: number; readonly kinds: readonly Kind[] }
  | { readonly photographs: string; readonly cuts: number }
);

function stored({ width, height, gray, kind, seen }: PracticeFrame): StoredFrame {
  const marks = seen.map(({ mark, box, within }) => ({
    label: mark.glyph.label,
    box,
    within,
    inWord: mark.inWord ?? false,
  }));
  return { width, height, gray, kind, marks };
}

async function framesOf(task: FramesTask): Promise<AsyncGenerator<PracticeFrame>> {
  if ('photographs' in task) return photoFrames(task.photographs, { seed: task.seed, perPicture: task.cuts });
  const { train } = await readMnist();
  return practiceFrames(train, task);
}

/** Writes one file of frames and reports each frame. */
async function work(task: FramesTask): Promise<void> {
  const writer = await FrameWriter.create(task.out);
  try {
    for await (const frame of await framesOf(task)) {
      await writer.write(stored(frame));
      parentPort?.postMessage(1);
    }
  } finally {
    await writer.close();
  }
}

const task: FramesTask = workerData;
await work(task);
