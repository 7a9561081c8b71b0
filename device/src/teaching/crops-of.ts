import type { Look } from '@inkcast/reader/reading';
import type { Box, LumaFrame } from '@inkcast/reader/vision';
import type { Guess } from '@inkcast/shared/teaching';
import { openSharp } from '../sharp/index.js';
import type { NewCrop } from './crop.js';

/** A crop's likeliest classes that are shown. */
const MAX_GUESSES = 4;
/** Longer side of what is kept of the surroundings, in pixels. */
const MAX_SIDE = 160;
/** What is shown around a box on each side, as a share of its longer side. */
const MARGIN = 1;
const QUALITY = 80;

/** Where crops come from. */
export type CropSource = Pick<NewCrop, 'takenAt' | 'origin' | 'reason' | 'region' | 'model'> & {
  /** The classes of the model, in its order. */
  readonly labels: readonly string[];
};

/** @param looks with boxes in pixels of the frame */
export function cropsOf(
  looks: readonly Look[],
  frame: LumaFrame,
  { labels, ...source }: CropSource,
): Promise<NewCrop[]> {
  return Promise.all(
    looks.map(async ({ box, crop, around, classification: { probabilities } }) => ({
      ...source,
      pixels: crop,
      around,
      guesses: guessesOf(probabilities, labels),
      surroundings: await surroundingsOf(frame, box),
    })),
  );
}

/** The likeliest classes, likeliest first. */
export function guessesOf(probabilities: Float64Array, labels: readonly string[]): Guess[] {
  return labels
    .map((label, index) => ({ label, probability: Math.min(1, probabilities[index]) }))
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, MAX_GUESSES);
}

/** JPEG of a box and what is around it, reduced where it is large. */
async function surroundingsOf(frame: LumaFrame, { x, y, width, height }: Box): Promise<Buffer> {
  const margin = MARGIN * Math.max(width, height);
  const left = Math.max(0, Math.min(frame.width - 1, Math.floor(x - margin)));
  const top = Math.max(0, Math.min(frame.height - 1, Math.floor(y - margin)));
  const columns = Math.max(1, Math.min(frame.width, Math.ceil(x + width + margin)) - left);
  const rows = Math.max(1, Math.min(frame.height, Math.ceil(y + height + margin)) - top);
  const raw = { width: frame.width, height: frame.height, channels: 1 } as const;
  const sharp = await openSharp();
  return sharp(frame.gray, { raw })
    .extract({ left, top, width: columns, height: rows })
    .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}
