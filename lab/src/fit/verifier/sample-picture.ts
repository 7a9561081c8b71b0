import { normalizeLuma } from '@inkcast/reader/vision';
import type { Random } from '@inkcast/training/random';
import { chance } from '../../synthesis/index.js';
import { alterLuma } from '../spotter/alter-luma.js';
import { PATCH_SIDE, type Patch, PICTURE_SIDE } from './patch.js';

/** How far the place of a picture varies: its size, its turn in radians, its shift in pixels. */
const SCALES = [0.86, 1.16] as const;
const MAX_TURN = 0.08;
const MAX_SHIFT = 3;
/** Share of the pictures whose light, focus and noise are altered. */
const ALTERED = 0.5;

/** A view of a patch, as a verifier is given it: values from 0 to 1. */
export function samplePicture(patch: Patch, random: Random): Float32Array {
  const shift = (): number => random.uniform(-MAX_SHIFT, MAX_SHIFT);
  const scale = random.uniform(...SCALES);
  const luma = view(patch.luma, { scale, turn: random.uniform(-MAX_TURN, MAX_TURN), x: shift(), y: shift() });
  if (chance(random, ALTERED)) alterLuma(luma, PICTURE_SIDE, random);
  return asInput(luma, patch);
}

/** The middle of a patch, unaltered. */
export const plainPicture = (patch: Patch): Float32Array =>
  asInput(view(patch.luma, { scale: 1, turn: 0, x: 0, y: 0 }), patch);

const asInput = (luma: Float32Array, { polarity }: Patch): Float32Array =>
  Float32Array.from(
    normalizeLuma(
      luma.map((value) => 255 * value),
      polarity,
    ),
    (byte) => byte / 255,
  );

interface Placing {
  /** Pixels of the patch per pixel. */
  readonly scale: number;
  readonly turn: number;
  readonly x: number;
  readonly y: number;
}

/** Samples a patch bilinearly: levels from 0 to 1. */
function view(luma: Uint8Array, { scale, turn, x: shiftX, y: shiftY }: Placing): Float32Array {
  const [cosine, sine] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  const last = PATCH_SIDE - 1.001;
  const picture = new Float32Array(PICTURE_SIDE * PICTURE_SIDE);
  for (let v = 0; v < PICTURE_SIDE; v++) {
    for (let u = 0; u < PICTURE_SIDE; u++) {
      const [across, down] = [u + 0.5 - PICTURE_SIDE / 2, v + 0.5 - PICTURE_SIDE / 2];
      const x = Math.min(last, Math.max(0, PATCH_SIDE / 2 - 0.5 + shiftX + cosine * across - sine * down));
      const y = Math.min(last, Math.max(0, PATCH_SIDE / 2 - 0.5 + shiftY + sine * across + cosine * down));
      const at = Math.floor(y) * PATCH_SIDE + Math.floor(x);
      const [right, below] = [x % 1, y % 1];
      const upper = luma[at] + right * (luma[at + 1] - luma[at]);
      const lower = luma[at + PATCH_SIDE] + right * (luma[at + PATCH_SIDE + 1] - luma[at + PATCH_SIDE]);
      picture[v * PICTURE_SIDE + u] = (upper + below * (lower - upper)) / 255;
    }
  }
  return picture;
}
