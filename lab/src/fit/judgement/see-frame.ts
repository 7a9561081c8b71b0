import { findHypotheses, type ReadingModels } from '@inkcast/device/reading';
import type { VisionOperations } from '@inkcast/device/vision';
import type { StoredFrame } from '../frames/frame-file.js';
import type { SeenFrame } from './fit-judgement.js';

const NOTHING = new Uint8Array(0);

/** What the networks see in a frame; pixels are dropped, since nothing that is fitted looks at them. */
export function seeFrame(operations: VisionOperations, models: ReadingModels, frame: StoredFrame): SeenFrame {
  const { places } = findHypotheses(operations, models, frame);
  return {
    frame: { ...frame, gray: NOTHING },
    places: places.map((hypotheses) =>
      hypotheses.map((item) => ({ ...item, candidate: { ...item.candidate, crop: NOTHING } })),
    ),
  };
}
