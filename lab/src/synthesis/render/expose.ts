import type { NoiseTile } from '../noise-tile.js';
import type { Camera, Scene } from '../scene/scene.js';
import type { Raster } from './raster.js';

/** Level at which the sensor noise has its nominal deviation. It grows with the brightness. */
const NOISE_LEVEL = 160;

/**
 * The camera's picture of a scene: blurred by the lens and by movement, with sensor noise, limited to bytes.
 *
 * @returns `width * height` times as many bytes as there are planes, row-major
 */
export function expose(raster: Raster, scene: Scene, noise: NoiseTile): Uint8Array {
  const { width, height } = raster;
  const channels = raster.planes.length;
  const bytes = new Uint8Array(width * height * channels);
  raster.planes.forEach((plane, channel) => {
    const sharp = moved(plane, width, height, scene.camera);
    const soft = blurred(sharp, width, height, scene.camera.blur);
    const gain = scene.camera.gain[channel];
    const shift = scene.noiseOffset + 71 * channel;
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const level = Math.max(0, soft[at] * gain);
        bytes[channels * at + channel] = Math.min(
          255,
          Math.max(0, level + grain(noise, scene.camera, level, x, y, shift) + 0.5),
        );
      }
    }
  });
  return bytes;
}

function grain(noise: NoiseTile, camera: Camera, level: number, x: number, y: number, shift: number): number {
  if (camera.noise === 0) return 0;
  const strength = camera.noise * (0.4 + 0.6 * Math.sqrt(level / NOISE_LEVEL));
  // Rows are shifted against one another by the tile's width, so that its repetition does not show.
  const column = x + shift + 37 * (y >> 8);
  return camera.noiseSize === 1
    ? strength * noise.white(column, y + 31 * (x >> 8))
    : strength * noise.smooth(column / camera.noiseSize, y / camera.noiseSize);
}

/** The mean of the plane along the movement. */
function moved(plane: Float32Array, width: number, height: number, { motion, motionAngle }: Camera): Float32Array {
  const steps = Math.round(motion);
  if (steps < 1) return plane;
  const result = new Float32Array(plane.length);
  for (let step = 0; step <= steps; step++) {
    const dx = Math.round((step - steps / 2) * Math.cos(motionAngle));
    const dy = Math.round((step - steps / 2) * Math.sin(motionAngle));
    for (let y = 0, at = 0; y < height; y++) {
      const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
      for (let x = 0; x < width; x++, at++) {
        result[at] += plane[row + Math.min(width - 1, Math.max(0, x + dx))] / (steps + 1);
      }
    }
  }
  return result;
}

/** Gaussian blur. The pixels at the border are repeated outside of it. */
function blurred(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  if (sigma < 0.2) return plane;
  const radius = Math.ceil(2.5 * sigma);
  const weights = Float32Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-((index - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const kernel = weights.map((weight) => weight / sum);
  const across = new Float32Array(plane.length);
  const padded = new Float32Array(Math.max(width, height) + 2 * radius);
  for (let y = 0; y < height; y++) blurLine(plane, across, y * width, 1, width, kernel, padded);
  const result = new Float32Array(plane.length);
  for (let x = 0; x < width; x++) blurLine(across, result, x, width, height, kernel, padded);
  return result;
}

function blurLine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  size: number,
  kernel: Float32Array,
  padded: Float32Array,
): void {
  const radius = (kernel.length - 1) / 2;
  for (let place = -radius; place < size + radius; place++) {
    padded[place + radius] = from[start + Math.min(size - 1, Math.max(0, place)) * step];
  }
  for (let place = 0; place < size; place++) {
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap++) sum += kernel[tap] * padded[place + tap];
    to[start + place * step] = sum;
  }
}
