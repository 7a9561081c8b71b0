import { addToDoubles, multiplyAdd } from './simd.as';

/*
 * Batch normalisation over all shards. Each shard sums up, all shards wait, each shard then adds the sums of all in
 * their order (so that each comes to the same bits) and goes on.
 *
 * `statistics` holds, `channels` float32 each: mean, variance, 1 / sqrt(variance + epsilon), and the scale and offset
 * that the layer comes to: scale = gamma * inverse, offset = beta - mean * scale.
 */

// Pixels summed in float32 before the sum goes into a double.
const BLOCK = 32;

/**
 * Sums of x - shift and of its square, `channels` float64 each; with a shift near the mean the variance does not get
 * lost in the difference of two large numbers.
 */
export function sumForNorm(images: i32, input: usize, shift: usize, sums: usize, pixels: i32, channels: i32): void {
  const step = <usize>channels * 4;
  const whole = step & ~15;
  const squares = sums + 2 * step;
  memory.fill(sums, 0, 4 * step);
  let rest = images * pixels;
  while (rest > 0) {
    const count = min(BLOCK, rest);
    for (let at: usize = 0; at < whole; at += 16) {
      const middle = v128.load(shift + at);
      let sum = f32x4.splat(0);
      let square = f32x4.splat(0);
      let from = input + at;
      for (let pixel = 0; pixel < count; pixel++) {
        const x = f32x4.sub(v128.load(from), middle);
        sum = f32x4.add(sum, x);
        square = multiplyAdd(x, x, square);
        from += step;
      }
      addToDoubles(sums + 2 * at, sum);
      addToDoubles(squares + 2 * at, square);
    }
    for (let at = whole; at < step; at += 4) {
      const middle = load<f32>(shift + at);
      let from = input + at;
      for (let pixel = 0; pixel < count; pixel++) {
        const x = <f64>(load<f32>(from) - middle);
        store<f64>(sums + 2 * at, load<f64>(sums + 2 * at) + x);
        store<f64>(squares + 2 * at, load<f64>(squares + 2 * at) + x * x);
        from += step;
      }
    }
    input += <usize>count * step;
    rest -= count;
  }
}

/** The statistics of the whole batch, from the sums of all shards. */
export function finishNorm(
  _images: i32,
  sums: usize,
  shardStep: usize,
  shards: i32,
  counts: usize,
  pixels: i32,
  channels: i32,
  shift: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  statistics: usize,
): void {
  const step = <usize>channels * 4;
  let rows: f64 = 0;
  for (let shard = 0; shard < shards; shard++) rows += <f64>(load<i32>(counts + <usize>shard * 4) * pixels);
  for (let at: usize = 0; at < step; at += 4) {
    let sum: f64 = 0;
    let square: f64 = 0;
    let from = sums + 2 * at;
    for (let shard = 0; shard < shards; shard++) {
      sum += load<f64>(from);
      square += load<f64>(from + 2 * step);
      from += shardStep;
    }
    const mean = sum / rows;
    const variance = max(0, square / rows - mean * mean);
    const place = statistics + at;
    writeStatistics(place, step, load<f32>(shift + at) + <f32>mean, <f32>variance, gamma + at, beta + at, epsilon);
  }
}

function writeStatistics(
  to: usize,
  step: usize,
  mean: f32,
  variance: f32,
  gamma: usize,
  beta: usize,
  epsilon: f32,
): void {
  const inverse = <f32>1 / Mathf.sqrt(variance + epsilon);
  const scale = load<f32>(gamma) * inverse;
  store<f32>(to, mean);
  store<f32>(to + step, variance);
  store<f32>(to + 2 * step, inverse);
  store<f32>(to + 3 * step, scale);
  store<f32>(to + 4 * step, load<f32>(beta) - mean * scale);
}

/** The statistics from the moving ones: for prediction, and for frozen layers. */
export function useMovingStatistics(
  _images: i32,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  channels: i32,
  epsilon: f32,
  statistics: usize,
): void {
  const step = <usize>channels * 4;
  for (let at: usize = 0; at < step; at += 4) {
    const place = statistics + at;
    writeStatistics(place, step, load<f32>(mean + at), load<f32>(variance + at), gamma + at, beta + at, epsilon);
  }
}

/** output = input * scale + offset, and where `relu` is set at least 0; `rows` pixels a picture. */
export function applyNorm(
  images: i32,
  input: usize,
  output: usize,
  statistics: usize,
  rows: i32,
  channels: i32,
  relu: bool,
): void {
  const step = <usize>channels * 4;
  const whole = step & ~15;
  const scales = statistics + 3 * step;
  const offsets = scales + step;
  const zero = f32x4.splat(0);
  for (let row = images * rows; row > 0; row--) {
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const value = multiplyAdd(v128.load(input + at), v128.load(scales + at), v128.load(offsets + at));
      v128.store(output + at, relu ? f32x4.pmax(value, zero) : value);
    }
    for (; at < step; at += 4) {
      const value = load<f32>(input + at) * load<f32>(scales + at) + load<f32>(offsets + at);
      store<f32>(output + at, relu && value < 0 ? 0 : value);
    }
    input += step;
    output += step;
  }
}

/** Moves mean and variance towards the batch's, where the step is taken. */
export function moveStatistics(
  _images: i32,
  statistics: usize,
  mean: usize,
  variance: usize,
  channels: i32,
  momentum: f32,
  gate: usize,
): void {
  if (load<i32>(gate) === 0) return;
  const step = <usize>channels * 4;
  const share = <f32>1 - momentum;
  for (let at: usize = 0; at < step; at += 4) {
    store<f32>(mean + at, momentum * load<f32>(mean + at) + share * load<f32>(statistics + at));
    store<f32>(variance + at, momentum * load<f32>(variance + at) + share * load<f32>(statistics + step + at));
  }
}
