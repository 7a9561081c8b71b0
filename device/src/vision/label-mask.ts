/** A connected piece of a mask, cut to its own box. */
export interface MaskPiece {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 1 where the piece is. */
  readonly mask: Uint8Array;
}

/** Splits a small mask into its 8-connected pieces. A call into OpenCV for each would cost more than the work itself. */
export function labelMask(mask: Uint8Array, width: number, height: number): MaskPiece[] {
  const left = mask.slice();
  const stack = new Int32Array(width * height);
  const pieces: MaskPiece[] = [];
  for (let seed = 0; seed < left.length; seed++) {
    if (left[seed] === 0) continue;
    pieces.push(cutPiece(flood(left, width, height, seed, stack), stack, width));
  }
  return pieces;
}

interface Extent {
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

/** Takes the piece around `seed` out of `left`; `stack` then begins with the indices of its pixels. */
function flood(left: Uint8Array, width: number, height: number, seed: number, stack: Int32Array): Extent {
  let count = 1;
  let x0 = width;
  let x1 = 0;
  let y0 = height;
  let y1 = 0;
  stack[0] = seed;
  left[seed] = 0;
  for (let next = 0; next < count; next++) {
    const at = stack[next];
    const x = at % width;
    const y = (at - x) / width;
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const neighbour = ny * width + nx;
        if (left[neighbour] === 0) continue;
        left[neighbour] = 0;
        stack[count++] = neighbour;
      }
    }
  }
  return { count, x: x0, y: y0, right: x1, bottom: y1 };
}

function cutPiece({ count, x, y, right, bottom }: Extent, pixels: Int32Array, width: number): MaskPiece {
  const pieceWidth = right - x + 1;
  const height = bottom - y + 1;
  const mask = new Uint8Array(pieceWidth * height);
  for (let i = 0; i < count; i++) {
    const column = pixels[i] % width;
    const row = (pixels[i] - column) / width;
    mask[(row - y) * pieceWidth + column - x] = 1;
  }
  return { x, y, width: pieceWidth, height, mask };
}
