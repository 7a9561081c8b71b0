import type { Polarity } from './ink-map.js';
import type { Picture } from './picture.js';

/**
 * A morphological closing with a square (an opening for light ink), which fills what is darker (brighter) than its
 * surroundings and narrower than the square. Beyond the borders lies nothing. The same bytes as OpenCV's, whose time grows
 * with the square.
 *
 * @param side of the square in pixels, odd
 */
export function closing({ width, height, bytes }: Picture, side: number, polarity: Polarity): Picture {
  const [first, second] = polarity === 'dark' ? [0, 255] : [255, 0];
  const spread = extremes(extremes(bytes, width, height, side, first), height, width, side, first);
  const shrunk = extremes(extremes(spread, width, height, side, second), height, width, side, second);
  return { width, height, bytes: shrunk };
}

/**
 * The greatest of the `side` values of the row around each pixel, at a cost that does not follow `side` (van Herk, "A fast
 * algorithm for local minimum and maximum filters", 1992).
 *
 * @param flip 0, or 255 for the least values
 * @returns rows and columns exchanged, so that the next pass runs along the columns
 */
function extremes(bytes: Uint8Array, width: number, height: number, side: number, flip: number): Uint8Array {
  const radius = side >> 1;
  const padded = side * Math.ceil((width + 2 * radius) / side);
  const values = new Uint8Array(padded);
  // The greatest value of a block of `side` up to each place of it, and from each place on.
  const upTo = new Uint8Array(padded);
  const from = new Uint8Array(padded);
  const result = new Uint8Array(bytes.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) values[radius + x] = bytes[y * width + x] ^ flip;
    for (let block = 0; block < padded; block += side) {
      let most = 0;
      for (let at = block; at < block + side; at++) {
        most = Math.max(most, values[at]);
        upTo[at] = most;
      }
      most = 0;
      for (let at = block + side - 1; at >= block; at--) {
        most = Math.max(most, values[at]);
        from[at] = most;
      }
    }
    for (let x = 0; x < width; x++) {
      result[x * height + y] = Math.max(from[x], upTo[x + side - 1]) ^ flip;
    }
  }
  return result;
}
