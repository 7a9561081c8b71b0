/*
 * Max pooling over 2x2 pixels after ReLU, with a map of places: a byte for each output, 0 to 3 for the pixel (row by
 * row) whose value was taken, 4 where the value is 0 and ReLU lets no gradient through. Channels come in fours.
 */

/** Four places as bytes; 4 where the largest value is 0. */
export function narrowPlaces(largest: v128, place: v128): u32 {
  const lanes = v128.bitselect(i32x4.splat(4), place, f32x4.eq(largest, f32x4.splat(0)));
  const words = i16x8.narrow_i32x4_s(lanes, lanes);
  return i32x4.extract_lane(i8x16.narrow_i16x8_s(words, words), 0);
}

/** The places of four channels as 32-bit lanes. */
export function loadPlaces(from: usize): v128 {
  return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(from)));
}

/** Pools two rows, `rowBytes` apart, into one of `columns` pixels. */
export function poolRowPair(
  rows: usize,
  rowBytes: usize,
  columns: i32,
  channels: i32,
  output: usize,
  places: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let column = 0; column < columns; column++) {
    for (let channel: usize = 0; channel < pixel; channel += 16) {
      const from = rows + channel;
      let largest = v128.load(from);
      let place = i32x4.splat(0);
      let value = v128.load(from + pixel);
      let above = f32x4.gt(value, largest);
      largest = v128.bitselect(value, largest, above);
      place = v128.bitselect(i32x4.splat(1), place, above);
      value = v128.load(from + rowBytes);
      above = f32x4.gt(value, largest);
      largest = v128.bitselect(value, largest, above);
      place = v128.bitselect(i32x4.splat(2), place, above);
      value = v128.load(from + rowBytes + pixel);
      above = f32x4.gt(value, largest);
      largest = v128.bitselect(value, largest, above);
      place = v128.bitselect(i32x4.splat(3), place, above);
      v128.store(output, largest);
      store<u32>(places, narrowPlaces(largest, place));
      output += 16;
      places += 4;
    }
    rows += 2 * pixel;
  }
}

/**
 * Back through pool and ReLU: spreads each gradient to the pixel it came from, zeros elsewhere, over maps of twice
 * `rows` x `columns`; adds the bias gradient up on the way.
 */
export function unpool(
  images: i32,
  gradient: usize,
  places: usize,
  output: usize,
  biasGradient: usize,
  rows: i32,
  columns: i32,
  channels: i32,
): void {
  const pixel = <usize>channels * 4;
  const rowBytes = <usize>(2 * columns) * pixel;
  const none = i32x4.splat(4);
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < rows; y++) {
      let to = output;
      for (let x = 0; x < columns; x++) {
        for (let channel: usize = 0; channel < pixel; channel += 16) {
          const slope = v128.load(gradient);
          const place = loadPlaces(places);
          const first = to + channel;
          v128.store(first, v128.and(slope, i32x4.eq(place, i32x4.splat(0))));
          v128.store(first + pixel, v128.and(slope, i32x4.eq(place, i32x4.splat(1))));
          v128.store(first + rowBytes, v128.and(slope, i32x4.eq(place, i32x4.splat(2))));
          v128.store(first + rowBytes + pixel, v128.and(slope, i32x4.eq(place, i32x4.splat(3))));
          if (biasGradient) {
            const sum = biasGradient + channel;
            v128.store(sum, f32x4.add(v128.load(sum), v128.andnot(slope, i32x4.eq(place, none))));
          }
          gradient += 16;
          places += 4;
        }
        to += 2 * pixel;
      }
      output += 2 * rowBytes;
    }
  }
}
