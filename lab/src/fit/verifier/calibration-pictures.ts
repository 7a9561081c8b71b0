import type { Random } from '@inkcast/training/random';
import { pick } from '../../synthesis/index.js';
import { type Patch, PICTURE_SIDE } from './patch.js';
import { plainPicture } from './sample-picture.js';

/** Number of pictures for the calibration. */
const CALIBRATION_PICTURES = 512;

/** Pictures around candidates for the calibration of a verifier: bytes of luma, one picture after the other. */
export function calibrationPictures(patches: readonly Patch[], random: Random): Uint8Array {
  const images = new Uint8Array(CALIBRATION_PICTURES * PICTURE_SIDE ** 2);
  for (let index = 0; index < CALIBRATION_PICTURES; index++) {
    const bytes = plainPicture(pick(random, patches)).map((value) => Math.round(255 * value));
    images.set(bytes, index * PICTURE_SIDE ** 2);
  }
  return images;
}
