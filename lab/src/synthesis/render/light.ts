import type { NoiseTile } from '../noise-tile.js';
import type { Lighting, Scene, Shadow } from '../scene/scene.js';
import type { Raster } from './raster.js';

/** Multiplies a picture by the light that falls on it. */
export function light(raster: Raster, scene: Scene, noise: NoiseTile): void {
  const { width, height, planes } = raster;
  const { lighting } = scene;
  const rows = lighting.shadows.map((shadow) => shadowOver(shadow, raster, noise, scene.noiseOffset));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let level = openLight(lighting, x / width - 0.5, y / height - 0.5);
      for (const shade of rows) level *= shade(x, y);
      for (const plane of planes) plane[at] *= level;
    }
  }
}

/** Light without shadows at a place from -0.5 to 0.5 along each axis. */
function openLight({ slopeX, slopeY, vignette }: Lighting, x: number, y: number): number {
  return 1 + slopeX * x + slopeY * y - vignette * 2 * (x * x + y * y);
}

function shadowOver(shadow: Shadow, { width, height }: Raster, noise: NoiseTile, offset: number) {
  const cos = Math.cos(shadow.angle);
  const sin = Math.sin(shadow.angle);
  return (x: number, y: number): number => {
    const dx = x - shadow.x * width;
    const dy = y - shadow.y * height;
    const along = (cos * dy - sin * dx) / 120;
    const into = cos * dx + sin * dy + shadow.curve * noise.smooth(along + offset, shadow.x * 50);
    const share = 1 / (1 + Math.exp((-4 * into) / shadow.softness));
    return 1 - shadow.depth * share;
  };
}
