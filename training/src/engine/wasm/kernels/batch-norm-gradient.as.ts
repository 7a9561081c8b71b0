import { addToDoubles, multiplyAdd } from './simd.as';

/* Backward through batch normalisation over all shards; `statistics` as in batch-norm. */

// Pixels summed in float32 before the sum goes into a double.
const BLOCK = 32;

/**
 * Sums of the slopes and of slope * normalised input, `channels` float64 each; where `relu` is set, of the slopes that
 * it lets through (`output` is the layer's).
 */
export function sumForNormGradient(
  images: i32,
  input: usize,
  output: usize,
  slopes: usize,
  statistics: usize,
  sums: usize,
  pixels: i32,
  channels: i32,
  relu: bool,
): void {
  const step = <usize>channels * 4;
  const whole = step & ~15;
  const inverses = statistics + 2 * step;
  const products = sums + 2 * step;
  const zero = f32x4.splat(0);
  memory.fill(sums, 0, 4 * step);
  let rest = images * pixels;
  while (rest > 0) {
    const count = min(BLOCK, rest);
    for (let at: usize = 0; at < whole; at += 16) {
      const mean = v128.load(statistics + at);
      const inverse = v128.load(inverses + at);
      let sum = zero;
      let product = zero;
      let place = at;
      for (let pixel = 0; pixel < count; pixel++) {
        let slope = v128.load(slopes + place);
        if (relu) slope = v128.and(slope, f32x4.gt(v128.load(output + place), zero));
        const x = f32x4.sub(v128.load(input + place), mean);
        sum = f32x4.add(sum, slope);
        product = multiplyAdd(slope, x, product);
        place += step;
      }
      addToDoubles(sums + 2 * at, sum);
      addToDoubles(products + 2 * at, f32x4.mul(product, inverse));
    }
    for (let at = whole; at < step; at += 4) {
      let place = at;
      for (let pixel = 0; pixel < count; pixel++) {
        const passes = !relu || load<f32>(output + place) > 0;
        const slope = passes ? <f64>load<f32>(slopes + place) : 0;
        const x = <f64>((load<f32>(input + place) - load<f32>(statistics + at)) * load<f32>(inverses + at));
        store<f64>(sums + 2 * at, load<f64>(sums + 2 * at) + slope);
        store<f64>(products + 2 * at, load<f64>(products + 2 * at) + slope * x);
        place += step;
      }
    }
    const bytes = <usize>count * step;
    input += bytes;
    output += bytes;
    slopes += bytes;
    rest -= count;
  }
}

/** The mean slope and the mean of slope * normalised input over the whole batch, `channels` float32 each. */
export function finishNormGradient(
  _images: i32,
  sums: usize,
  shardStep: usize,
  shards: i32,
  counts: usize,
  pixels: i32,
  channels: i32,
  means: usize,
): void {
  let rows: f64 = 0;
  for (let shard = 0; shard < shards; shard++) rows += <f64>(load<i32>(counts + <usize>shard * 4) * pixels);
  for (let index = 0; index < 2 * channels; index++) {
    store<f32>(means + <usize>index * 4, <f32>(sumOverShards(sums + <usize>index * 8, shardStep, shards) / rows));
  }
}

function sumOverShards(from: usize, shardStep: usize, shards: i32): f64 {
  let sum: f64 = 0;
  for (let shard = 0; shard < shards; shard++) {
    sum += load<f64>(from);
    from += shardStep;
  }
  return sum;
}

/** The gradients of beta and gamma: the sums of all shards; and the sum of their squares. */
export function writeNormGradient(
  _images: i32,
  sums: usize,
  shardStep: usize,
  shards: i32,
  beta: usize,
  gamma: usize,
  channels: i32,
  squares: usize,
): void {
  const step = <usize>channels * 8;
  let square: f64 = 0;
  for (let channel: usize = 0; channel < <usize>channels; channel++) {
    const byBeta = sumOverShards(sums + channel * 8, shardStep, shards);
    const byGamma = sumOverShards(sums + step + channel * 8, shardStep, shards);
    store<f32>(beta + channel * 4, <f32>byBeta);
    store<f32>(gamma + channel * 4, <f32>byGamma);
    square += byBeta * byBeta + byGamma * byGamma;
  }
  store<f64>(squares, square);
}

/**
 * gradient = scale * (slope - mean slope - normalised input * mean product), or scale * slope where `means` is 0 (the
 * statistics then do not depend on the input).
 */
export function applyNormGradient(
  images: i32,
  input: usize,
  output: usize,
  slopes: usize,
  gradient: usize,
  statistics: usize,
  means: usize,
  rows: i32,
  channels: i32,
  relu: bool,
): void {
  const step = <usize>channels * 4;
  const zero = f32x4.splat(0);
  const inverses = statistics + 2 * step;
  const scales = inverses + step;
  for (let row = images * rows; row > 0; row--) {
    let at: usize = 0;
    for (; at + 16 <= step; at += 16) {
      let slope = v128.load(slopes + at);
      if (relu) slope = v128.and(slope, f32x4.gt(v128.load(output + at), zero));
      if (means) {
        const x = f32x4.mul(f32x4.sub(v128.load(input + at), v128.load(statistics + at)), v128.load(inverses + at));
        slope = f32x4.sub(slope, multiplyAdd(x, v128.load(means + step + at), v128.load(means + at)));
      }
      v128.store(gradient + at, f32x4.mul(slope, v128.load(scales + at)));
    }
    for (; at < step; at += 4) {
      let slope: f32 = !relu || load<f32>(output + at) > 0 ? load<f32>(slopes + at) : 0;
      if (means) {
        const x = (load<f32>(input + at) - load<f32>(statistics + at)) * load<f32>(inverses + at);
        slope -= x * load<f32>(means + step + at) + load<f32>(means + at);
      }
      store<f32>(gradient + at, slope * load<f32>(scales + at));
    }
    input += step;
    output += step;
    slopes += step;
    gradient += step;
  }
}
