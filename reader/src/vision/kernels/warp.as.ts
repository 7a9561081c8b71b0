/**
 * A perspective warp with linear interpolation in single precision, as OpenCV 5 has it. Beyond the borders, the picture's
 * edge is repeated.
 *
 * @param map nine float32, row-major: from a place in the result to the place in the picture, both homogeneous
 */
export function warp(
  from: usize,
  fromWidth: i32,
  fromHeight: i32,
  to: usize,
  width: i32,
  height: i32,
  map: usize,
): void {
  const right = fromWidth - 1;
  const bottom = fromHeight - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const depth = mapped(map + 24, x, y);
      const across = mapped(map, x, y) / depth;
      const down = mapped(map + 12, x, y) / depth;
      const left = floorOf(across);
      const top = floorOf(down);
      const shareX = across - <f32>left;
      const shareY = down - <f32>top;
      const above = from + clampTo(top, bottom) * fromWidth;
      const below = from + clampTo(top + 1, bottom) * fromWidth;
      const first = clampTo(left, right);
      const second = clampTo(left + 1, right);
      const upper = between(load<u8>(above + first), load<u8>(above + second), shareX);
      const lower = between(load<u8>(below + first), load<u8>(below + second), shareX);
      const value = <i32>nearest<f32>(upper + shareY * (lower - upper));
      store<u8>(to + y * width + x, <u8>clampTo(value, 255));
    }
  }
}

function mapped(row: usize, x: i32, y: i32): f32 {
  return <f32>x * load<f32>(row) + <f32>y * load<f32>(row, 4) + load<f32>(row, 8);
}

function floorOf(value: f32): i32 {
  return <i32>floor<f32>(value);
}

function clampTo(value: i32, most: i32): i32 {
  return max<i32>(0, min<i32>(value, most));
}

function between(first: i32, second: i32, share: f32): f32 {
  return <f32>first + share * <f32>(second - first);
}
