import { READER_NUMBERS } from '../numbers/index.js';
import type { Pyramid } from './pyramid.js';

/** One octave of a frame in a mosaic. */
export interface Tile {
  /** Frame pixels per pixel of the tile, a power of two. */
  readonly scale: number;
  /** Position in the mosaic. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** All octaves of a frame in one picture, so that a network processes them at once. */
export interface Mosaic {
  readonly width: number;
  readonly height: number;
  /** Row-major. */
  readonly gray: Uint8Array;
  readonly tiles: readonly Tile[];
}

const roundUp = (side: number): number =>
  READER_NUMBERS.mosaicSideStep.value * Math.ceil(side / READER_NUMBERS.mosaicSideStep.value);

/** @param finest scale of the first tile, a power of two: 1 is the frame's own resolution */
export function makeMosaic(pyramid: Pyramid, finest = 1): Mosaic {
  const levels = [{ scale: finest, ...pyramid.level(finest) }];
  for (let scale = 2 * finest; ; scale *= 2) {
    const level = pyramid.level(scale);
    if (Math.max(level.width, level.height) < READER_NUMBERS.mosaicMinTileSide.value) break;
    levels.push({ scale, ...level });
  }
  const tiles = placeTiles(levels.map(({ scale, width, height }) => ({ scale, width, height })));
  const width = roundUp(Math.max(...tiles.map((tile) => tile.x + tile.width)));
  const height = roundUp(Math.max(...tiles.map((tile) => tile.y + tile.height)));
  const gray = new Uint8Array(width * height);
  levels.forEach(({ bytes }, index) => {
    paint(gray, width, height, tiles[index], bytes);
  });
  return { width, height, gray, tiles };
}

type Size = Omit<Tile, 'x' | 'y'>;

/** Places tiles one after the other, each as high up as it fits without making the mosaic wider than the first tile. */
function placeTiles(sizes: readonly Size[]): Tile[] {
  const tiles: Tile[] = [];
  const limit = roundUp(sizes[0].width);
  for (const size of sizes) {
    const columns = [0, ...tiles.map(({ x, width }) => x + width + READER_NUMBERS.mosaicGap.value)];
    const rows = [0, ...tiles.map(({ y, height }) => y + height + READER_NUMBERS.mosaicGap.value)].sort(
      (a, b) => a - b,
    );
    const places = rows.flatMap((y) => columns.map((x): Tile => ({ ...size, x, y })));
    const free = places.find((place) => place.x + place.width <= limit && !tiles.some((tile) => touch(place, tile)));
    if (free !== undefined) tiles.push(free);
  }
  return tiles;
}

function touch(a: Tile, b: Tile): boolean {
  const across =
    a.x < b.x + b.width + READER_NUMBERS.mosaicGap.value && b.x < a.x + a.width + READER_NUMBERS.mosaicGap.value;
  return (
    across &&
    a.y < b.y + b.height + READER_NUMBERS.mosaicGap.value &&
    b.y < a.y + a.height + READER_NUMBERS.mosaicGap.value
  );
}

/** Draws a tile and repeats its edge over half of the gap around it. */
function paint(gray: Uint8Array, width: number, height: number, tile: Tile, bytes: Uint8Array): void {
  const margin = READER_NUMBERS.mosaicGap.value / 2;
  const [left, right] = [Math.max(0, tile.x - margin), Math.min(width, tile.x + tile.width + margin)];
  const bottom = Math.min(height, tile.y + tile.height + margin);
  for (let y = Math.max(0, tile.y - margin); y < bottom; y++) {
    const row = Math.min(tile.height - 1, Math.max(0, y - tile.y)) * tile.width;
    const start = y * width;
    gray.fill(bytes[row], start + left, start + tile.x);
    gray.set(bytes.subarray(row, row + tile.width), start + tile.x);
    gray.fill(bytes[row + tile.width - 1], start + tile.x + tile.width, start + right);
  }
}
