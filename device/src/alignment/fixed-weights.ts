import { READER_NUMBERS } from '@inkcast/reader/numbers';
import { boxOf, type ViewArea } from '@inkcast/reader/vision';
import type { GradientPicture } from './gradient-picture.js';

/**
 * Weights of a reference's pixels: 0 inside of what is read, where writing comes and goes, and 1 elsewhere. Where hardly
 * anything is elsewhere, all of it counts.
 */
export function fixedWeights({ width, height }: GradientPicture, areas: readonly ViewArea[]): Float32Array {
  const weights = new Float32Array(width * height).fill(1);
  for (const area of areas) {
    const box = boxOf(area, { width, height });
    const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
    const [right, bottom] = [Math.ceil(box.x + box.width), Math.ceil(box.y + box.height)];
    for (let row = top; row < Math.min(height, bottom); row++) {
      weights.fill(0, row * width + left, row * width + Math.min(width, right));
    }
  }
  const fixed = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return fixed < READER_NUMBERS.alignmentMinFixed.value ? weights.fill(1) : weights;
}
