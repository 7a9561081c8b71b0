import { READER_NUMBERS } from '../numbers/index.js';
import type { Picture } from './picture.js';
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

/** Octaves of a frame in one picture, so that a network processes them at once. */
export interface Mosaic {
  readonly width: number;
  readonly height: number;
  /** Row-major. */
  readonly gray: Uint8Array;
  readonly tiles: readonly Tile[];
}

const roundUp = (side: number): number =>
  READER_NUMBERS.mosaicSideStep.value * Math.ceil(side / READER_NUMBERS.mosaicSideStep.value);

/** Width of the repeated edge around a tile. */
const REPEATED_EDGE = READER_NUMBERS.mosaicGap.value / 2;

type Level = Picture & Pick<Tile, 'scale'>;

/**
 * The octaves of a frame: the finest one alone, and the coarser ones in a second picture. In one picture, much of the area
 * beside them would be empty, and a network takes as long for it. Only the coarser ones repeat their edges all around: for
 * the finest, that is 6 % more.
 *
 * @param finest scale of the first tile, a power of two: 1 is the frame's own resolution
 */
export function makeMosaics(pyramid: Pyramid, finest = 1): Mosaic[] {
  const coarser: Level[] = [];
  for (let scale = 2 * finest; ; scale *= 2) {
    const level = pyramid.level(scale);
    if (Math.max(level.width, level.height) < READER_NUMBERS.mosaicMinTileSide.value) break;
    coarser.push({ scale, ...level });
  }
  const alone = mosaicOf([{ scale: finest, ...pyramid.level(finest) }], 0);
  return coarser.length === 0 ? [alone] : [alone, mosaicOf(coarser, REPEATED_EDGE)];
}

/** @param border pixels between the tiles and the mosaic's border */
function mosaicOf(levels: readonly Level[], border: number): Mosaic {
  const tiles = placeTiles(
    levels.map(({ scale, width, height }) => ({ scale, width, height })),
    border,
  );
  const width = roundUp(border + Math.max(...tiles.map((tile) => tile.x + tile.width)));
  const height = roundUp(border + Math.max(...tiles.map((tile) => tile.y + tile.height)));
  const gray = new Uint8Array(width * height);
  levels.forEach(({ bytes }, index) => {
    paint(gray, width, height, tiles[index], bytes);
  });
  return { width, height, gray, tiles };
}

type Size = Omit<Tile, 'x' | 'y'>;

/** Places tiles one after the other, each as high up as it fits without making the mosaic wider than the first tile. */
function placeTiles(sizes: readonly Size[], border: number): Tile[] {
  const tiles: Tile[] = [];
  const limit = roundUp(sizes[0].width + 2 * border);
  for (const size of sizes) {
    const columns = [border, ...tiles.map(({ x, width }) => x + width + READER_NUMBERS.mosaicGap.value)];
    const rows = [border, ...tiles.map(({ y, height }) => y + height + READER_NUMBERS.mosaicGap.value)].sort(
      (a, b) => a - b,
    );
    const places = rows.flatMap((y) => columns.map((x): Tile => ({ ...size, x, y })));
    const free = places.find(
      (place) => place.x + place.width + border <= limit && !tiles.some((tile) => touch(place, tile)),
    );
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
  const left = Math.max(0, tile.x - REPEATED_EDGE);
  const right = Math.min(width, tile.x + tile.width + REPEATED_EDGE);
  const bottom = Math.min(height, tile.y + tile.height + REPEATED_EDGE);
  for (let y = Math.max(0, tile.y - REPEATED_EDGE); y < bottom; y++) {
    const row = Math.min(tile.height - 1, Math.max(0, y - tile.y)) * tile.width;
    const start = y * width;
    gray.fill(bytes[row], start + left, start + tile.x);
    gray.set(bytes.subarray(row, row + tile.width), start + tile.x);
    gray.fill(bytes[row + tile.width - 1], start + tile.x + tile.width, start + right);
  }
}
