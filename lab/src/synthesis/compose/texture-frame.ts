import type { Random } from '@inkcast/training/random';
import { chance, logUniform, pick } from '../draws.js';
import type { NoiseTile } from '../noise-tile.js';
import { composeDeadLeaves, type TextureFrame } from './dead-leaves.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

type Texture = (x: number, y: number) => number;

/**
 * A generated frame without digits: objects that cover each other, or a pattern such as grass, gravel, planks, bricks,
 * discs, polygons, hatching, checks and plain noise.
 */
export function composeTexture(
  noise: NoiseTile,
  random: Random,
  { width, height }: Size = { width: 16 * (15 + random.integer(22)), height: 16 * (12 + random.integer(18)) },
): TextureFrame {
  if (chance(random, 0.5)) return composeDeadLeaves(width, height, noise, random);
  const layers = [pick(random, TEXTURES)(noise, random)];
  if (chance(random, 0.5)) layers.push(pick(random, TEXTURES)(noise, random));
  const mean = random.uniform(40, 210);
  const strength = logUniform(random, 12, 90);
  const sensor = random.uniform(0, 6);
  const slopeX = random.uniform(-60, 60);
  const slopeY = random.uniform(-60, 60);
  const shift = random.integer(65536);
  const gray = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let level = mean + slopeX * (x / width - 0.5) + slopeY * (y / height - 0.5);
      for (const layer of layers) level += strength * layer(x + shift, y);
      gray[at] = Math.min(255, Math.max(0, level + sensor * noise.white(x + shift, y + 31 * (x >> 8)) + 0.5));
    }
  }
  return { width, height, gray };
}

const TEXTURES: readonly ((noise: NoiseTile, random: Random) => Texture)[] = [
  clouds,
  blades,
  stones,
  bricks,
  discs,
  polygons,
  hatching,
  checks,
  threads,
];

/** Clouds, stains, bark: noise of several scales, its steps sharpened or not. */
function clouds(noise: NoiseTile, random: Random): Texture {
  const scale = logUniform(random, 3, 60);
  const stretch = logUniform(random, 1, 12);
  const steep = logUniform(random, 0.7, 8);
  const angle = random.uniform(0, Math.PI);
  const octaves = 1 + random.integer(4);
  return turned(angle, (u, v) => Math.tanh(steep * noise.fractal(u / (scale * stretch), v / scale, octaves)));
}

/** Grass, hair, fibres: ridges of stretched noise in directions that change. */
function blades(noise: NoiseTile, random: Random): Texture {
  const scale = logUniform(random, 2, 12);
  const stretch = random.uniform(3, 10);
  const bend = random.uniform(0.2, 2);
  const sharp = random.uniform(2, 8);
  return (x, y) => {
    const angle = bend * noise.smooth(x / (scale * 12), y / (scale * 12));
    const u = Math.cos(angle) * x + Math.sin(angle) * y;
    const v = Math.cos(angle) * y - Math.sin(angle) * x;
    const ridge = 1 - Math.min(1, sharp * 0.3 * Math.abs(noise.smooth(u / scale, v / (scale * stretch))));
    return 1.6 * ridge - 0.8;
  };
}

/** Gravel, cells, leaves: the nearest of scattered points, its edges dark. */
function stones(noise: NoiseTile, random: Random): Texture {
  const side = logUniform(random, 8, 70);
  const edge = random.uniform(0.05, 0.3);
  const varied = random.uniform(0, 1);
  return (x, y) => {
    const column = Math.floor(x / side);
    const row = Math.floor(y / side);
    let nearest = 9;
    let second = 9;
    let owner = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const px = column + dx + 0.5 + 0.25 * noise.white(column + dx, row + dy);
        const py = row + dy + 0.5 + 0.25 * noise.white(column + dx + 57, row + dy + 91);
        const distance = Math.hypot(x / side - px, y / side - py);
        if (distance < nearest) {
          second = nearest;
          nearest = distance;
          owner = noise.white(column + dx + 113, row + dy + 29);
        } else if (distance < second) second = distance;
      }
    }
    return (second - nearest < edge ? -1 : 0.3) + 0.4 * varied * owner;
  };
}

function bricks(noise: NoiseTile, random: Random): Texture {
  const wide = logUniform(random, 20, 160);
  const high = wide * random.uniform(0.2, 1);
  const joint = random.uniform(1, 0.12 * high + 2);
  const sign = chance(random, 0.5) ? 1 : -1;
  return turned(random.uniform(0, Math.PI), (u, v) => {
    const row = Math.floor(v / high);
    const along = u + (row % 2) * 0.5 * wide;
    const inJoint = v - row * high < joint || along - Math.floor(along / wide) * wide < joint;
    return (inJoint ? -sign : 0.2 * sign) + 0.2 * noise.white(Math.floor(along / wide), row);
  });
}

/** Coins, buttons, bubbles: discs on a jittered grid. */
function discs(noise: NoiseTile, random: Random): Texture {
  const side = logUniform(random, 16, 120);
  const squash = random.uniform(0.5, 1);
  return (x, y) => {
    const column = Math.floor(x / side);
    const row = Math.floor(y / side);
    const radius = 0.22 + 0.09 * Math.tanh(noise.white(column + 40, row));
    const dx = x / side - column - 0.5 - 0.06 * noise.white(column, row);
    const dy = (y / side - row - 0.5 - 0.06 * noise.white(column + 7, row + 13)) * squash;
    return Math.hypot(dx, dy) < radius ? -1 : 0.2;
  };
}

/** Triangles and slabs: where several half-planes meet. */
function polygons(noise: NoiseTile, random: Random): Texture {
  const side = logUniform(random, 30, 200);
  const outline = chance(random, 0.5) ? random.uniform(0.03, 0.15) : 2;
  const corners = 3 + random.integer(3);
  return (x, y) => {
    const column = Math.floor(x / side);
    const row = Math.floor(y / side);
    const dx = x / side - column - 0.5;
    const dy = y / side - row - 0.5;
    const turn = 3 * noise.white(column + 3, row + 5);
    let depth = 1;
    for (let corner = 0; corner < corners; corner++) {
      const angle = turn + (2 * Math.PI * corner) / corners;
      depth = Math.min(
        depth,
        0.2 + 0.05 * noise.white(column + corner, row) - dx * Math.cos(angle) - dy * Math.sin(angle),
      );
    }
    return depth > 0 && depth < outline ? -1 : 0.2;
  };
}

/** Blinds, grilles, corrugation. */
function hatching(noise: NoiseTile, random: Random): Texture {
  const period = logUniform(random, 6, 60);
  const share = random.uniform(0.1, 0.6);
  const wave = random.uniform(0, 0.4) * period;
  return turned(random.uniform(0, Math.PI), (u, v) => {
    const place = (v + wave * noise.smooth(u / (3 * period), 0)) / period;
    return place - Math.floor(place) < share ? -1 : 0.3;
  });
}

function checks(_noise: NoiseTile, random: Random): Texture {
  const side = logUniform(random, 10, 80);
  return turned(random.uniform(0, Math.PI), (u, v) =>
    (Math.floor(u / side) + Math.floor(v / side)) % 2 === 0 ? 0.8 : -0.8,
  );
}

/** Cables, twigs, cracks: the zero lines of smooth noise. */
function threads(noise: NoiseTile, random: Random): Texture {
  const scale = logUniform(random, 10, 80);
  const width = random.uniform(0.02, 0.2);
  const octaves = 1 + random.integer(3);
  return (x, y) => (Math.abs(noise.fractal(x / scale, y / scale, octaves)) < width ? -1 : 0.15);
}

function turned(angle: number, texture: Texture): Texture {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return (x, y) => texture(cos * x + sin * y, cos * y - sin * x);
}
