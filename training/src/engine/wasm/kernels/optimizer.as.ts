/*
 * Steps of the optimizers over a range of values; a settings block of 32-bit floats, written before each step, holds
 * what changes: see `StepSettings` on the other side. `gate` is the worker's own decision block: whether the gradients
 * are finite, and the factor that clipping asks for.
 */

const RATE: usize = 4;
const DECAY: usize = 8;
const AVERAGE_SHARE: usize = 12;

/**
 * Adds the shards' gradients of a range in the shards' order, and the sum of its squares.
 *
 * @param squares where the sum goes, float64
 */
export function sumShards(
  _images: i32,
  first: usize,
  shardStep: usize,
  shards: i32,
  output: usize,
  count: i32,
  squares: usize,
): void {
  for (let index: usize = 0; index < <usize>count; index++) {
    const at = index * 4;
    let sum = load<f32>(first + at);
    let from = first + at;
    for (let shard = 1; shard < shards; shard++) {
      from += shardStep;
      sum += load<f32>(from);
    }
    store<f32>(output + at, sum);
  }
  sumSquares(_images, output, count, squares);
}

export function sumSquares(_images: i32, values: usize, count: i32, squares: usize): void {
  let sum: f64 = 0;
  for (let index: usize = 0; index < <usize>count; index++) {
    const value = <f64>load<f32>(values + index * 4);
    sum += value * value;
  }
  store<f64>(squares, sum);
}

/**
 * Decides from the sums of squares whether the step is taken and how much its gradients are scaled down; each worker
 * comes to the same result.
 *
 * @param gate int32 1 where the squares are finite in float32, then float32 the factor
 * @param limit largest norm; 0 for none
 */
export function decideStep(_images: i32, squares: usize, count: i32, gate: usize, limit: f32): void {
  let sum: f64 = 0;
  for (let index: usize = 0; index < <usize>count; index++) sum += load<f64>(squares + index * 8);
  const norm = Math.sqrt(sum);
  store<i32>(gate, Number.isFinite(norm) ? 1 : 0);
  store<f32>(gate, limit > 0 && norm > <f64>limit ? <f32>(<f64>limit / norm) : 1, 4);
}

/** Adam and AdamW; the rate in the settings already holds the bias correction. */
export function stepByAdam(
  _images: i32,
  weights: usize,
  gradient: usize,
  mean: usize,
  variance: usize,
  count: i32,
  gate: usize,
  settings: usize,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  decays: bool,
): void {
  if (load<i32>(gate) === 0) return;
  const factor = load<f32>(gate, 4);
  const rate = load<f32>(settings, RATE);
  const decay: f32 = decays ? load<f32>(settings, DECAY) : 0;
  const factors = f32x4.splat(factor);
  const rates = f32x4.splat(rate);
  const decays4 = f32x4.splat(decay);
  const shares1 = f32x4.splat(1 - beta1);
  const shares2 = f32x4.splat(1 - beta2);
  const epsilons = f32x4.splat(epsilon);
  // Ranges lie on multiples of four values, and what lies between two parameters is zero throughout.
  for (let at: usize = 0; at < <usize>count * 4; at += 16) {
    const slope = f32x4.mul(v128.load(gradient + at), factors);
    const oldMean = v128.load(mean + at);
    const oldVariance = v128.load(variance + at);
    const newMean = f32x4.add(oldMean, f32x4.mul(shares1, f32x4.sub(slope, oldMean)));
    const newVariance = f32x4.add(oldVariance, f32x4.mul(shares2, f32x4.sub(f32x4.mul(slope, slope), oldVariance)));
    const old = v128.load(weights + at);
    const change = f32x4.div(f32x4.mul(rates, newMean), f32x4.add(f32x4.sqrt(newVariance), epsilons));
    v128.store(mean + at, newMean);
    v128.store(variance + at, newVariance);
    v128.store(weights + at, f32x4.sub(f32x4.sub(old, f32x4.mul(decays4, old)), change));
  }
}

/** Gradient descent with momentum. */
export function stepBySgd(
  _images: i32,
  weights: usize,
  gradient: usize,
  velocity: usize,
  count: i32,
  gate: usize,
  settings: usize,
  momentum: f32,
  nesterov: bool,
  decays: bool,
): void {
  if (load<i32>(gate) === 0) return;
  const factor = load<f32>(gate, 4);
  const rate = load<f32>(settings, RATE);
  const decay: f32 = decays ? load<f32>(settings, DECAY) : 0;
  for (let at: usize = 0; at < <usize>count * 4; at += 16) {
    const old = v128.load(weights + at);
    const slope = f32x4.add(
      f32x4.mul(v128.load(gradient + at), f32x4.splat(factor)),
      f32x4.mul(f32x4.splat(decay), old),
    );
    const push = f32x4.mul(f32x4.splat(rate), slope);
    const speed = f32x4.sub(f32x4.mul(f32x4.splat(momentum), v128.load(velocity + at)), push);
    v128.store(velocity + at, speed);
    const change = nesterov ? f32x4.sub(f32x4.mul(f32x4.splat(momentum), speed), push) : speed;
    v128.store(weights + at, f32x4.add(old, change));
  }
}

/** Moves the average of the weights towards them. */
export function moveAverage(
  _images: i32,
  averaged: usize,
  weights: usize,
  count: i32,
  gate: usize,
  settings: usize,
): void {
  if (load<i32>(gate) === 0) return;
  const share = f32x4.splat(load<f32>(settings, AVERAGE_SHARE));
  for (let at: usize = 0; at < <usize>count * 4; at += 16) {
    const old = v128.load(averaged + at);
    v128.store(averaged + at, f32x4.add(old, f32x4.mul(share, f32x4.sub(v128.load(weights + at), old))));
  }
}
