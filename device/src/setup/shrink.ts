import type { LumaFrame } from '@inkcast/reader/vision';

/** Weight of the darkest pixel of a cell. The mean alone would lose strokes thinner than a cell. */
const DARKEST_PIXEL_SHARE = 0.5;

/** The luma of a picture in `width` x `height` cells, row by row, stretched to the range from black to white. */
export function shrink(frame: LumaFrame, width: number, height: number): Uint8Array {
  const cells = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = span(y, height, frame.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = span(x, width, frame.width);
      cells[y * width + x] = shadeOf(frame, left, top, right, bottom);
    }
  }
  const [dark, bright] = [cells.reduce((a, b) => Math.min(a, b)), cells.reduce((a, b) => Math.max(a, b))];
  const range = Math.max(1, bright - dark);
  return Uint8Array.from(cells, (value) => Math.round((255 * (value - dark)) / range));
}

/** The first pixel of a cell and the one after its last. If the picture is enlarged, a cell has one pixel. */
function span(cell: number, cells: number, pixels: number): [first: number, end: number] {
  const first = Math.floor((cell * pixels) / cells);
  return [first, Math.max(first + 1, Math.floor(((cell + 1) * pixels) / cells))];
}

function shadeOf({ width, gray }: LumaFrame, left: number, top: number, right: number, bottom: number): number {
  let sum = 0;
  let least = 255;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = gray[y * width + x];
      sum += value;
      if (value < least) least = value;
    }
  }
  return DARKEST_PIXEL_SHARE * least + ((1 - DARKEST_PIXEL_SHARE) * sum) / ((right - left) * (bottom - top));
}
