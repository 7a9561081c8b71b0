import { parentPort, workerData } from 'node:worker_threads';
import { openCheckedBundle, openCpuBackEnd, openSpotter } from '@inkcast/device/inference';
import { openVision } from '@inkcast/device/vision';
import { openClassifier } from '@inkcast/reader/inference';
import { findHypotheses } from '@inkcast/reader/reading';
import { Pyramid, pictureAround, type VisionOperations } from '@inkcast/reader/vision';
import { openTfLite } from '@inkcast/shared/tflite';
import { readFrames, type StoredFrame } from '../frames/frame-file.js';
import { blankJudgement } from '../judgement/blank-judgement.js';
import { isLetter, labelPatch, VERIFIER_LABELS } from './label-patch.js';
import { PATCH_SIDE, PATCH_WINDOW, type Patch } from './patch.js';

/** The frames of one thread: in each file, every `every`-th frame from `from` on, up to `limit`, unless its kind is left out. */
export interface PatchTask {
  readonly bundle: string;
  readonly minSpotLogOdds: number;
  readonly files: readonly string[];
  readonly leftOut: readonly string[];
  readonly limit: number;
  readonly from: number;
  readonly every: number;
}

/** The patches of a frame, with its index in its file. */
export interface PatchReport {
  readonly file: number;
  readonly place: number;
  readonly patches: readonly Patch[];
}

async function work({ bundle: folder, minSpotLogOdds, files, leftOut, limit, from, every }: PatchTask): Promise<void> {
  const bundle = await openCheckedBundle(folder);
  const operations = await openVision('wasm');
  const spotter = await openSpotter(bundle, 'standard', { choice: 'cpu' });
  const classifier = openClassifier(bundle, openCpuBackEnd(openTfLite(), bundle.model));
  const models = { spotter, classifier, judgement: blankJudgement(minSpotLogOdds) };
  try {
    for (const [file, path] of files.entries()) {
      for (const [place, frame] of (await readFrames(path)).slice(0, limit).entries()) {
        if (place % every !== from || leftOut.includes(frame.kind)) continue;
        const { places } = findHypotheses(operations, models, frame);
        const candidates = places.flatMap(([hypothesis]) => (hypothesis === undefined ? [] : [hypothesis.candidate]));
        const patches = patchesOf(operations, frame, candidates);
        parentPort?.postMessage({ file, place, patches } satisfies PatchReport);
      }
    }
  } finally {
    classifier.close();
    spotter.close();
  }
}

const task: PatchTask = workerData;
await work(task);

function patchesOf(
  operations: VisionOperations,
  frame: StoredFrame,
  candidates: readonly Pick<Patch & { box: Parameters<typeof labelPatch>[0] }, 'box' | 'polarity'>[],
): Patch[] {
  return operations.inScope((scope) => {
    const pyramid = new Pyramid(scope, frame);
    return candidates.flatMap(({ box, polarity }) => {
      const label = labelPatch(box, frame);
      if (label === undefined) return [];
      const luma = Uint8Array.from(pictureAround(pyramid, { box, side: PATCH_SIDE, window: PATCH_WINDOW }), Math.round);
      const inBareFrame = frame.marks.length === 0;
      return [{ luma, polarity, label: VERIFIER_LABELS.indexOf(label), inBareFrame, isLetter: isLetter(box, frame) }];
    });
  });
}
