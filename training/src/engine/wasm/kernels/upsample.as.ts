/** Nearest-neighbour enlargement: each pixel of `height` x `width` maps becomes a block of `factor` x `factor`. */
export function enlarge(
  images: i32,
  input: usize,
  output: usize,
  height: i32,
  width: i32,
  channels: i32,
  factor: i32,
): void {
  const pixel = <usize>channels * 4;
  const rowBytes = <usize>(width * factor) * pixel;
  for (let row = images * height; row > 0; row--) {
    const first = output;
    for (let column = 0; column < width; column++) {
      for (let copy = 0; copy < factor; copy++) {
        memory.copy(output, input, pixel);
        output += pixel;
      }
      input += pixel;
    }
    for (let copy = 1; copy < factor; copy++) {
      memory.copy(output, first, rowBytes);
      output += rowBytes;
    }
  }
}

/** Its gradient: the sum of each block's slopes. */
export function sumBlocks(
  images: i32,
  slopes: usize,
  gradient: usize,
  height: i32,
  width: i32,
  channels: i32,
  factor: i32,
): void {
  const pixel = <usize>channels * 4;
  const whole = pixel & ~15;
  const rowBytes = <usize>(width * factor) * pixel;
  for (let row = images * height; row > 0; row--) {
    for (let column = 0; column < width; column++) {
      for (let at: usize = 0; at < whole; at += 16) {
        let sum = f32x4.splat(0);
        let line = slopes + at;
        for (let y = 0; y < factor; y++) {
          let from = line;
          for (let x = 0; x < factor; x++) {
            sum = f32x4.add(sum, v128.load(from));
            from += pixel;
          }
          line += rowBytes;
        }
        v128.store(gradient + at, sum);
      }
      for (let at = whole; at < pixel; at += 4) {
        let sum: f32 = 0;
        let line = slopes + at;
        for (let y = 0; y < factor; y++) {
          let from = line;
          for (let x = 0; x < factor; x++) {
            sum += load<f32>(from);
            from += pixel;
          }
          line += rowBytes;
        }
        store<f32>(gradient + at, sum);
      }
      gradient += pixel;
      slopes += <usize>factor * pixel;
    }
    slopes += <usize>(factor - 1) * rowBytes;
  }
}
