import { parentPort, workerData } from 'node:worker_threads';
import { SPOT_STRIDE } from '@inkcast/shared/spots';
import { Random } from '@inkcast/training/random';
import { z } from 'zod';
import { pick } from '../../synthesis/index.js';
import { readFrames, type StoredFrame } from '../frames/frame-file.js';
import { CUT_SIDE } from './cut-size.js';
import { TARGET_VALUES } from './encode-targets.js';
import { sampleCut } from './sample-cut.js';

/** The task of a worker for cuts. */
export const cutWorkerSchema = z.object({
  /** Files of frames. */
  files: z.array(z.string()),
  /** Kinds of frames that are left out of training. */
  leftOut: z.array(z.string()),
  /** Cuts of one batch. */
  count: z.int().positive(),
  seed: z.int(),
});

export type CutWorkerTask = z.infer<typeof cutWorkerSchema>;

/** Cuts of one batch, one behind the other. */
export interface CutBatch {
  readonly images: Float32Array<ArrayBuffer>;
  readonly targets: Float32Array<ArrayBuffer>;
}

/** Sends one batch for each message: the `images` and the `targets` of the cuts. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const { files, leftOut, count, seed } = cutWorkerSchema.parse(workerData);
  const frames: StoredFrame[] = [];
  for (const file of files) {
    for (const frame of await readFrames(file)) if (!leftOut.includes(frame.kind)) frames.push(frame);
  }
  const random = new Random(seed);
  port.on('message', () => {
    const batch = makeBatch(frames, count, random);
    port.postMessage(batch, [batch.images.buffer, batch.targets.buffer]);
  });
  port.postMessage({ frames: frames.length });
}

function makeBatch(frames: readonly StoredFrame[], count: number, random: Random): CutBatch {
  const cells = (CUT_SIDE / SPOT_STRIDE) ** 2;
  const images = new Float32Array(count * CUT_SIDE * CUT_SIDE);
  const targets = new Float32Array(count * cells * TARGET_VALUES);
  for (let cut = 0; cut < count; cut++) {
    const { luma, targets: wanted } = sampleCut(pick(random, frames), pick(random, frames), random);
    images.set(luma, cut * luma.length);
    targets.set(wanted, cut * wanted.length);
  }
  return { images, targets };
}

await serve();
