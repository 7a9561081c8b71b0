import type { Polarity } from '@inkcast/reader/vision';

/** Side in pixels of the pictures that a verifier takes. */
export const PICTURE_SIDE = 48;
/** Side of the square that they show, in longer sides of the candidate's box. */
export const PICTURE_WINDOW = 1.8;
/** Side in pixels of a patch, which shows as much more at the same resolution: a picture can be turned and shifted in it. */
export const PATCH_SIDE = 64;
export const PATCH_WINDOW = (PICTURE_WINDOW * PATCH_SIDE) / PICTURE_SIDE;

/** The surroundings of a candidate in a training frame. */
export interface Patch {
  /** `PATCH_SIDE * PATCH_SIDE` levels of luma. */
  readonly luma: Uint8Array;
  readonly polarity: Polarity;
  /** Index of the label. */
  readonly label: number;
  /** Whether the frame holds no character at all, as photographs and drawings do. */
  readonly inBareFrame: boolean;
  /** Whether the box is that of a letter. */
  readonly isLetter: boolean;
}
