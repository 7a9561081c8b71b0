import type { Colour } from '../scene/scene.js';

/**
 * Planes of a picture during rendering: red, green and blue, or luma alone. Values are levels that are not limited to
 * 0..255 yet.
 */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Float32Array[];
}

export type Channels = 'colour' | 'luma';

export function makeRaster(width: number, height: number, channels: Channels): Raster {
  const planes = Array.from({ length: channels === 'colour' ? 3 : 1 }, () => new Float32Array(width * height));
  return { width, height, planes };
}

/** A colour's level on each plane. */
export function levelsOf({ planes }: Raster, colour: Colour): readonly number[] {
  if (planes.length === 3) return colour;
  // Rec. ITU-R BT.601, as JPEG and cameras do.
  return [0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]];
}
