import { parentPort, workerData } from 'node:worker_threads';
import { findHypotheses, type ReadingModels } from '@inkcast/reader/reading';
import type { VisionOperations } from '@inkcast/reader/vision';
import { openReader } from '../../models/index.js';
import { readFrames, type StoredFrame } from '../frames/frame-file.js';
import type { SeenFrame } from './fit-judgement.js';

const NOTHING = new Uint8Array(0);

/** The frames of one thread: in each file, every `every`-th frame from `from` on, if its kind is requested. */
export interface SeeTask {
  readonly bundle: string;
  readonly minSpotLogOdds: number;
  readonly files: readonly string[];
  /** Undefined: all kinds. */
  readonly kinds: readonly string[] | undefined;
  readonly from: number;
  readonly every: number;
}

/** The results of a frame, with its index in its file. */
export interface SeeReport {
  readonly file: number;
  readonly place: number;
  readonly seen: SeenFrame;
}

async function work({ bundle, minSpotLogOdds, files, kinds, from, every }: SeeTask): Promise<void> {
  const { operations, models, close } = await openReader({ bundle });
  const judgement = { ...models.judgement, minSpotLogOdds };
  try {
    for (const [file, path] of files.entries()) {
      for (const [place, frame] of (await readFrames(path)).entries()) {
        if (place % every !== from || kinds?.includes(frame.kind) === false) continue;
        const seen = seeFrame(operations, { ...models, judgement }, frame);
        parentPort?.postMessage({ file, place, seen } satisfies SeeReport);
      }
    }
  } finally {
    close();
  }
}

const task: SeeTask = workerData;
await work(task);

/** The results of the networks for a frame, without its pixels, because the fit does not use them. */
function seeFrame(operations: VisionOperations, models: ReadingModels, frame: StoredFrame): SeenFrame {
  const { places } = findHypotheses(operations, models, frame);
  return {
    frame: { ...frame, gray: NOTHING },
    places: places.map((hypotheses) =>
      hypotheses.map((item) => ({ ...item, around: undefined, candidate: { ...item.candidate, crop: NOTHING } })),
    ),
  };
}
