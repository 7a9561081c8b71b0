/**
 * A morphological closing (an opening for light ink) with a square of the odd side `side`: fills whatever is darker
 * (brighter) than its surroundings and narrower than the square. Beyond the borders lies nothing. The same bytes as
 * OpenCV's.
 *
 * @param work room for `(width + side + 15) * (height + side) + 32` bytes
 */
export function closing(from: usize, to: usize, work: usize, width: i32, height: i32, side: i32, isLight: bool): void {
  spread(from, to, work, width, height, side, !isLight);
  spread(to, to, work, width, height, side, isLight);
}

/** The greatest (or the least) value in the square around each pixel. */
function spread(from: usize, to: usize, work: usize, width: i32, height: i32, side: i32, greatest: bool): void {
  const radius = side >> 1;
  const stride = (width + side - 1 + 15) & ~15;
  const size = stride * (height + side - 1);
  memory.fill(work, greatest ? 0 : 255, size + 32);
  for (let y = 0; y < height; y++) {
    memory.copy(work + (y + radius) * stride + radius, from + y * width, width);
  }
  slide(work, size, 1, side, greatest);
  slide(work, size, stride, side, greatest);
  for (let y = 0; y < height; y++) memory.copy(to + y * width, work + y * stride, width);
}

/**
 * In place the extreme of the `side` values from each one on, `step` bytes apart: of two, then of four as two twos, and
 * so on, the last ones overlapping.
 */
function slide(work: usize, size: i32, step: i32, side: i32, greatest: bool): void {
  for (let covered = 1; covered < side; ) {
    const shift = min(covered, side - covered);
    const end = work + <usize>(step > 1 ? size - shift * step : size);
    for (let at = work; at < end; at += 16) {
      const a = v128.load(at);
      const b = v128.load(at + shift * step);
      v128.store(at, greatest ? i8x16.max_u(a, b) : i8x16.min_u(a, b));
    }
    covered += shift;
  }
}
