/** Maps times a gate, one value a channel: output[p, c] = map[p, c] * gate[c]. Also the gradient by the map. */
export function multiplyByGate(images: i32, map: usize, gate: usize, output: usize, pixels: i32, channels: i32): void {
  const step = <usize>channels * 4;
  for (let image = 0; image < images; image++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      let at: usize = 0;
      for (; at + 16 <= step; at += 16) {
        v128.store(output + at, f32x4.mul(v128.load(map + at), v128.load(gate + at)));
      }
      for (; at < step; at += 4) store<f32>(output + at, load<f32>(map + at) * load<f32>(gate + at));
      map += step;
      output += step;
    }
    gate += step;
  }
}

/** The gradient by the gate: the sum over the pixels of map times slope. */
export function sumForGate(images: i32, map: usize, slopes: usize, gradient: usize, pixels: i32, channels: i32): void {
  const step = <usize>channels * 4;
  for (let image = 0; image < images; image++) {
    memory.fill(gradient, 0, step);
    for (let pixel = 0; pixel < pixels; pixel++) {
      let at: usize = 0;
      for (; at + 16 <= step; at += 16) {
        const product = f32x4.mul(v128.load(map + at), v128.load(slopes + at));
        v128.store(gradient + at, f32x4.add(v128.load(gradient + at), product));
      }
      for (; at < step; at += 4) {
        store<f32>(gradient + at, load<f32>(gradient + at) + load<f32>(map + at) * load<f32>(slopes + at));
      }
      map += step;
      slopes += step;
    }
    gradient += step;
  }
}

/** Copies `bytes` of each row, `rows` a picture; the rows lie `inputStep` and `outputStep` bytes apart. */
export function copyRows(
  images: i32,
  input: usize,
  output: usize,
  rows: i32,
  bytes: usize,
  inputStep: usize,
  outputStep: usize,
): void {
  for (let row = images * rows; row > 0; row--) {
    memory.copy(output, input, bytes);
    input += inputStep;
    output += outputStep;
  }
}
