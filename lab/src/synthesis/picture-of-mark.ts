import { normalizeDigit } from '@inkcast/shared/normalization';
import type { SeenMark } from './render/render-scene.js';

/** The drawing of a pen without paper, light and lens, normalised like MNIST: 784 bytes, white ink on black. */
export function pictureOfMark({ box, coverage }: SeenMark): Uint8Array {
  return normalizeDigit({ width: box.width, height: box.height, data: coverage });
}
