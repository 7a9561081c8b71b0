/**
 * The largest value of each channel in a window that moves over a map; what lies beyond the map does not count.
 *
 * @param top and `left`: rows above and columns beside the map that the first window covers
 */
export function maxPool(
  from: usize,
  to: usize,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideDown: i32,
  strideAcross: i32,
  top: i32,
  left: i32,
  least: i32,
  most: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const y = row * strideDown - top;
    const firstRow = max(0, y);
    const endRow = min(height, y + filterHeight);
    for (let column = 0; column < columns; column++) {
      const x = column * strideAcross - left;
      const firstColumn = max(0, x);
      const endColumn = min(width, x + filterWidth);
      let channel = 0;
      for (; channel < (channels & ~7); channel += 8) {
        let largest = i8x16.splat(-128);
        for (let y = firstRow; y < endRow; y++) {
          const line = from + y * width * channels + channel;
          for (let x = firstColumn; x < endColumn; x++) {
            largest = i8x16.max_s(largest, v128.load64_zero(line + x * channels));
          }
        }
        const clamped = i8x16.min_s(i8x16.max_s(largest, i8x16.splat(<i8>least)), i8x16.splat(<i8>most));
        v128.store64_lane(to + channel, clamped, 0);
      }
      for (; channel < channels; channel++) {
        let largest = -128;
        for (let y = firstRow; y < endRow; y++) {
          const line = from + y * width * channels + channel;
          for (let x = firstColumn; x < endColumn; x++) largest = max(largest, <i32>load<i8>(line + x * channels));
        }
        store<i8>(to + channel, <i8>min(max(largest, least), most));
      }
      to += channels;
    }
  }
}

/**
 * A map whose rows and columns are those of another, by two tables of places (i32).
 *
 * @param rowBytes of a row of the other map
 */
export function enlarge(
  from: usize,
  to: usize,
  rowBytes: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  rowTable: usize,
  columnTable: usize,
): void {
  const bytes = columns * channels;
  for (let row = 0; row < rows; row++, to += bytes) {
    const source = load<i32>(rowTable + 4 * row);
    if (row > 0 && source === load<i32>(rowTable + 4 * (row - 1))) {
      memory.copy(to, to - bytes, bytes);
      continue;
    }
    const line = from + source * rowBytes;
    for (let column = 0; column < columns; column++) {
      const place = line + load<i32>(columnTable + 4 * column) * channels;
      const target = to + column * channels;
      let channel = 0;
      for (; channel < (channels & ~7); channel += 8) {
        v128.store64_lane(target + channel, v128.load64_zero(place + channel), 0);
      }
      for (; channel < channels; channel++) store<u8>(target + channel, load<u8>(place + channel));
    }
  }
}
