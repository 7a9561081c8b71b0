import type { NoiseTile } from '../noise-tile.js';
import type { Mark, Scene } from '../scene/scene.js';
import { expose } from './expose.js';
import { light } from './light.js';
import { paintMarks, type SeenInk } from './paint-marks.js';
import { paintPage } from './paint-page.js';
import { paintStrokes } from './paint-strokes.js';
import { type Channels, makeRaster } from './raster.js';

/** A mark that can be seen, and where. */
export interface SeenMark extends SeenInk {
  readonly mark: Mark;
}

export interface RenderedScene {
  readonly width: number;
  readonly height: number;
  /** Row-major bytes: red, green and blue, or luma. */
  readonly pixels: Uint8Array;
  readonly seen: readonly SeenMark[];
}

/** Takes a scene's picture. The same scene gives the same bytes. */
export function renderScene(scene: Scene, noise: NoiseTile, channels: Channels = 'colour'): RenderedScene {
  const raster = makeRaster(scene.width, scene.height, channels);
  paintPage(raster, scene, noise);
  paintStrokes(raster, scene, noise);
  const inks = paintMarks(raster, scene, noise);
  light(raster, scene, noise);
  const seen = scene.marks.flatMap((mark, index) => {
    const ink = inks[index];
    return ink === undefined ? [] : [{ mark, ...ink }];
  });
  return { width: scene.width, height: scene.height, pixels: expose(raster, scene, noise), seen };
}
