import { type Box, boxAround, mapInk, type Picture, type VisionOperations } from '@inkcast/reader/vision';

/** Minimum share of a picture that its character covers: a thin stroke along a fifth of a side. */
const INK_SHARE = 0.002;
/** Minimum contrast of ink, in levels of luma; less is the grain of paper. */
const MIN_CONTRAST = 16;

/**
 * The box around all ink whose contrast is close to the strongest.
 *
 * @param level a picture at `scale`
 * @returns in pixels of `level`; undefined if there is no ink
 */
export function inkBox(operations: VisionOperations, level: Picture, scale: number): Box | undefined {
  const { width, height } = level;
  const { contrast } = mapInk(operations, level, scale, { x: 0, y: 0, width, height });
  const sorted = contrast.slice().sort();
  const strongest = sorted[Math.floor((1 - INK_SHARE) * sorted.length)];
  if (strongest < MIN_CONTRAST) return undefined;
  return boxAround(contrast, width, (value) => 2 * value >= strongest);
}
