/** Adds a shard's bias gradient up: the sum of `slopes` over all `rows` pixels of each picture. */
export function addBiasGradient(images: i32, slopes: usize, gradient: usize, rows: i32, channels: i32): void {
  const step = <usize>channels * 4;
  const whole = step & ~15;
  for (let row = images * rows; row > 0; row--) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      v128.store(gradient + at, f32x4.add(v128.load(gradient + at), v128.load(slopes + at)));
    }
    for (; at < step; at += 4) store<f32>(gradient + at, load<f32>(gradient + at) + load<f32>(slopes + at));
    slopes += step;
  }
}
