import type { Random } from '@inkcast/training/random';
import { pick } from '../../synthesis/index.js';
import type { StoredFrame } from '../frames/frame-file.js';
import { CUT_SIDE } from './cut-size.js';
import { sampleCut } from './sample-cut.js';

/** Number of cuts for the calibration. */
const CALIBRATION_CUTS = 256;

/** Cuts of frames for the calibration of a spotter: bytes of luma, one cut after the other. */
export function calibrationCuts(frames: readonly StoredFrame[], random: Random): Uint8Array {
  const images = new Uint8Array(CALIBRATION_CUTS * CUT_SIDE * CUT_SIDE);
  for (let cut = 0; cut < CALIBRATION_CUTS; cut++) {
    const { luma } = sampleCut(pick(random, frames), pick(random, frames), random);
    images.set(
      luma.map((value) => Math.round(255 * value)),
      cut * luma.length,
    );
  }
  return images;
}
