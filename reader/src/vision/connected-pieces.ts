import type { Box } from './geometry.js';
import type { Picture } from './picture.js';

/**
 * The 8-connected components of the pixels of a box that are above `threshold`, by flood fill.
 *
 * @returns for each component the indices of its pixels in the picture
 */
export function connectedPieces({ bytes, width }: Picture, box: Box, threshold: number): Int32Array[] {
  // One pixel of margin around the box, so that each pixel has all neighbours.
  const stride = box.width + 2;
  const isLeft = new Uint8Array(stride * (box.height + 2));
  const indexOf = (at: number): number => (box.y + Math.floor(at / stride) - 1) * width + box.x + (at % stride) - 1;
  for (let y = 0; y < box.height; y++) {
    const [from, to] = [(box.y + y) * width + box.x, (y + 1) * stride + 1];
    for (let x = 0; x < box.width; x++) isLeft[to + x] = bytes[from + x] > threshold ? 1 : 0;
  }
  const neighbours = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  const found = new Int32Array(box.width * box.height);
  const pieces: Int32Array[] = [];
  let end = 0;
  for (let start = isLeft.indexOf(1); start >= 0; start = isLeft.indexOf(1, start)) {
    const begin = end;
    found[end++] = start;
    isLeft[start] = 0;
    for (let next = begin; next < end; next++) {
      for (const step of neighbours) {
        const at = found[next] + step;
        if (isLeft[at] === 0) continue;
        isLeft[at] = 0;
        found[end++] = at;
      }
    }
    pieces.push(found.subarray(begin, end));
  }
  for (let index = 0; index < end; index++) found[index] = indexOf(found[index]);
  return pieces;
}
