import { findHypotheses, type ReadingModels } from '@inkcast/device/reading';
import type { VisionOperations } from '@inkcast/device/vision';
import type { StoredFrame } from '../frames/frame-file.js';
import type { SeenFrame } from './fit-judgement.js';

/** What the networks see in frames; crops are dropped, since nothing that is fitted looks at them. */
export function seeFrames(
  operations: VisionOperations,
  models: ReadingModels,
  frames: readonly StoredFrame[],
  onFrame: () => void = () => {},
): SeenFrame[] {
  const NO_CROP = new Uint8Array(0);
  return frames.map((frame) => {
    const { places } = findHypotheses(operations, models, frame);
    onFrame();
    return {
      frame: { ...frame, gray: NO_CROP },
      places: places.map((hypotheses) =>
        hypotheses.map((item) => ({ ...item, candidate: { ...item.candidate, crop: NO_CROP } })),
      ),
    };
  });
}
