import type { Box, LumaFrame } from '@inkcast/reader/vision';

export const FRAME = { width: 640, height: 480 };

/** What a frame of a sheet of paper looks like. */
export interface Look {
  /** Black strokes, or anything else that is darker than the paper. */
  readonly marks?: readonly Box[];
  /** Deviation of the sensor's noise in levels. */
  readonly noise?: number;
  readonly seed?: number;
  /** Factor on the light. */
  readonly light?: number;
}

/** Normal noise. The number of values is prime, so that rows and seeds do not repeat each other. */
const NOISE = Float32Array.from({ length: 65_537 }, (_, index) => {
  // Four hashed values in place of a generator: their sum is near enough to normal, its deviation a root of a third.
  const hashed = [1, 2, 3, 4].map((part) => (Math.imul(4 * index + part, 0x9e3779b1) ^ (index << 7)) >>> 0);
  const uniform = hashed.map((value) => (Math.imul(value ^ (value >>> 15), 0x85ebca6b) >>> 0) / 4294967296);
  return (uniform.reduce((sum, value) => sum + value, 0) - 2) * Math.sqrt(3);
});

export function paper({ marks = [], noise = 0, seed = 1, light = 1 }: Look = {}): LumaFrame {
  const levels = new Float32Array(FRAME.width * FRAME.height);
  for (let y = 0; y < FRAME.height; y++) {
    for (let x = 0; x < FRAME.width; x++) levels[y * FRAME.width + x] = 190 + 0.04 * x - 0.05 * y;
  }
  for (const { x, y, width, height } of marks) {
    for (let row = y; row < y + height; row++) levels.fill(50, row * FRAME.width + x, row * FRAME.width + x + width);
  }
  const gray = new Uint8Array(levels.length);
  levels.forEach((level, at) => {
    const value = level * light + noise * NOISE[(at + 7919 * seed) % NOISE.length];
    gray[at] = Math.min(255, Math.max(0, Math.round(value)));
  });
  return { ...FRAME, gray };
}
