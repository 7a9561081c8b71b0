import type { Random } from '@inkcast/training/random';
import { chance, logUniform, pick } from '../draws.js';
import type { NoiseTile } from '../noise-tile.js';

/** A frame without any writing, as luma. */
export interface TextureFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Leaves are added until their total area is this multiple of the frame. */
const LAYERS = 5;
const MAX_LEAVES = 4000;

/** There are no rings, because a shape like a 0 is a bad example of none. */
type Shape = 'disc' | 'slab' | 'blade';

interface Leaf {
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
  /** Half of its length and half of its width. */
  readonly long: number;
  readonly short: number;
  readonly angle: number;
  readonly level: number;
  /** Change of level from its middle to its edge, along both axes: round things are shaded. */
  readonly shade: number;
  readonly lean: number;
  readonly grain: number;
}

/**
 * A frame of objects that cover each other, with sizes from a power law. This is the dead leaves model, which has the
 * statistics of natural photographs (Lee, Mumford, Huang, "Occlusion models for natural images", 2001).
 */
export function composeDeadLeaves(width: number, height: number, noise: NoiseTile, random: Random): TextureFrame {
  const levels = new Float32Array(width * height).fill(random.uniform(20, 230));
  const smallest = logUniform(random, 2, 10);
  const largest = logUniform(random, 0.15, 0.7) * Math.max(width, height);
  const contrast = random.uniform(0.3, 1);
  const middle = random.uniform(50, 200);
  const shapes = pick<readonly Shape[]>(random, [['disc'], ['slab'], ['blade'], ['disc', 'slab', 'blade']]);
  const shift = random.integer(65536);
  let covered = 0;
  for (let count = 0; count < MAX_LEAVES && covered < LAYERS * width * height; count++) {
    const leaf = drawLeaf({ smallest, largest, contrast, middle, shapes }, width, height, random);
    covered += lay(leaf, levels, width, height, noise, shift + 17 * count);
  }
  const sensor = random.uniform(0, 6);
  const gray = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const level = softened(levels, width, height, x, y) + sensor * noise.white(x + shift, y + 31 * (x >> 8));
      gray[at] = Math.min(255, Math.max(0, level + 0.5));
    }
  }
  return { width, height, gray };
}

interface LeafStyle {
  readonly smallest: number;
  readonly largest: number;
  readonly contrast: number;
  readonly middle: number;
  readonly shapes: readonly Shape[];
}

function drawLeaf(style: LeafStyle, width: number, height: number, random: Random): Leaf {
  const { smallest, largest, contrast, middle, shapes } = style;
  // Radii with density r^-3, by the inverse of their distribution.
  const share = random.next();
  const radius = 1 / Math.sqrt((1 - share) / smallest ** 2 + share / largest ** 2);
  const shape = pick(random, shapes);
  return {
    shape,
    x: random.uniform(0, width),
    y: random.uniform(0, height),
    long: radius,
    short: radius * (shape === 'blade' ? random.uniform(0.08, 0.3) : random.uniform(0.4, 1)),
    angle: random.uniform(0, Math.PI),
    level: middle + contrast * 110 * (2 * random.next() - 1),
    shade: chance(random, 0.5) ? random.uniform(-50, 20) : 0,
    lean: random.uniform(-30, 30),
    grain: chance(random, 0.3) ? random.uniform(2, 20) : 0,
  };
}

/** Draws a leaf over the picture. @returns the number of pixels that it covers */
function lay(leaf: Leaf, levels: Float32Array, width: number, height: number, noise: NoiseTile, seed: number): number {
  const cos = Math.cos(leaf.angle);
  const sin = Math.sin(leaf.angle);
  const reach = Math.ceil(leaf.long * 1.42);
  let covered = 0;
  for (let y = Math.max(0, Math.floor(leaf.y - reach)); y < Math.min(height, leaf.y + reach); y++) {
    for (let x = Math.max(0, Math.floor(leaf.x - reach)); x < Math.min(width, leaf.x + reach); x++) {
      const u = (cos * (x - leaf.x) + sin * (y - leaf.y)) / leaf.long;
      const v = (cos * (y - leaf.y) - sin * (x - leaf.x)) / leaf.short;
      if (!holds(leaf.shape, u, v)) continue;
      covered++;
      let level = leaf.level + leaf.shade * (u * u + v * v) + leaf.lean * u;
      if (leaf.grain > 0) level += leaf.grain * noise.smooth((u * leaf.long) / 4 + seed, (v * leaf.short) / 2);
      levels[y * width + x] = level;
    }
  }
  return covered;
}

function holds(shape: Shape, u: number, v: number): boolean {
  switch (shape) {
    case 'disc':
      return u * u + v * v < 1;
    case 'slab':
      return Math.abs(u) < 1 && Math.abs(v) < 1;
    case 'blade':
      return Math.abs(v) < 1 - u * u;
  }
}

/** The mean of a pixel and its neighbours at half weight. It smooths the edges of leaves, which are aligned to pixels. */
function softened(levels: Float32Array, width: number, height: number, x: number, y: number): number {
  const left = x > 0 ? -1 : 0;
  const right = x < width - 1 ? 1 : 0;
  const up = y > 0 ? -width : 0;
  const down = y < height - 1 ? width : 0;
  const at = y * width + x;
  const straight = levels[at + left] + levels[at + right] + levels[at + up] + levels[at + down];
  return (2 * levels[at] + straight) / 6;
}
