/*
 * Layers that treat each value by itself. `size` counts the values of one picture. Buffers are laid out with room for
 * whole vectors behind them, so the last vector of a shard may write past its values into nothing.
 */

export function fillZero(_images: i32, output: usize, size: i32): void {
  memory.fill(output, 0, <usize>size * 4);
}

export function copyValues(images: i32, input: usize, output: usize, size: i32): void {
  memory.copy(output, input, <usize>(images * size) * 4);
}

/** output += input. */
export function accumulate(images: i32, input: usize, output: usize, size: i32): void {
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, input += 16) {
    v128.store(output, f32x4.add(v128.load(output), v128.load(input)));
  }
}

export function addValues(images: i32, a: usize, b: usize, output: usize, size: i32): void {
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, a += 16, b += 16) {
    v128.store(output, f32x4.add(v128.load(a), v128.load(b)));
  }
}

export function multiplyValues(images: i32, a: usize, b: usize, output: usize, size: i32): void {
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, a += 16, b += 16) {
    v128.store(output, f32x4.mul(v128.load(a), v128.load(b)));
  }
}

/** The finalizer of MurmurHash3, four lanes at once; `isKept` of the reference is the same for one. */
function hash(keys: v128): v128 {
  let value = v128.xor(keys, i32x4.shr_u(keys, 16));
  value = i32x4.mul(value, i32x4.splat(0x85ebca6b));
  value = v128.xor(value, i32x4.shr_u(value, 13));
  value = i32x4.mul(value, i32x4.splat(0xc2b2ae35));
  return v128.xor(value, i32x4.shr_u(value, 16));
}

/**
 * Dropout, forward and (with the gradient as input) backward.
 *
 * @param key where the mask's key for this step is kept
 * @param shard where the number of the shard's first picture within the batch is kept
 */
export function applyDropout(
  images: i32,
  input: usize,
  output: usize,
  size: i32,
  key: usize,
  shard: usize,
  threshold: u32,
  scale: f32,
): void {
  const golden: i32 = 0x9e3779b9;
  let index = load<i32>(shard) * size;
  const end = output + <usize>(images * size) * 4;
  const keys = i32x4.splat(load<i32>(key));
  const lanes = i32x4(0, golden, 2 * golden, 3 * golden);
  const thresholds = i32x4.splat(threshold);
  const scales = f32x4.splat(scale);
  for (; output < end; output += 16, input += 16) {
    const hashes = hash(i32x4.add(keys, i32x4.add(i32x4.splat(index * golden), lanes)));
    const kept = i32x4.ge_u(hashes, thresholds);
    v128.store(output, v128.and(kept, f32x4.mul(v128.load(input), scales)));
    index += 4;
  }
}

export function relu(images: i32, input: usize, output: usize, size: i32): void {
  const zero = f32x4.splat(0);
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, input += 16) v128.store(output, f32x4.pmax(v128.load(input), zero));
}

/** Gradient of relu, from its output: where that is above 0. Of relu6 where it is also below `limit`. */
export function reluGradient(images: i32, output: usize, slopes: usize, gradient: usize, size: i32, limit: f32): void {
  const zero = f32x4.splat(0);
  const top = f32x4.splat(limit);
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, slopes += 16, gradient += 16) {
    const value = v128.load(output);
    const passes = v128.and(f32x4.gt(value, zero), f32x4.lt(value, top));
    v128.store(gradient, v128.and(v128.load(slopes), passes));
  }
}

export function relu6(images: i32, input: usize, output: usize, size: i32): void {
  const zero = f32x4.splat(0);
  const six = f32x4.splat(6);
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, input += 16) {
    v128.store(output, f32x4.pmin(f32x4.pmax(v128.load(input), zero), six));
  }
}

export function hardSwish(images: i32, input: usize, output: usize, size: i32): void {
  const zero = f32x4.splat(0);
  const three = f32x4.splat(3);
  const six = f32x4.splat(6);
  const sixth = f32x4.splat(1.0 / 6.0);
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, input += 16) {
    const x = v128.load(input);
    const gate = f32x4.pmin(f32x4.pmax(f32x4.add(x, three), zero), six);
    v128.store(output, f32x4.mul(f32x4.mul(x, gate), sixth));
  }
}

export function hardSwishGradient(images: i32, input: usize, slopes: usize, gradient: usize, size: i32): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const end = input + <usize>(images * size) * 4;
  for (; input < end; input += 16, slopes += 16, gradient += 16) {
    const x = v128.load(input);
    const middle = f32x4.add(f32x4.mul(x, f32x4.splat(1.0 / 3.0)), f32x4.splat(0.5));
    const low = v128.bitselect(zero, middle, f32x4.le(x, f32x4.splat(-3)));
    const factor = v128.bitselect(one, low, f32x4.ge(x, f32x4.splat(3)));
    v128.store(gradient, f32x4.mul(v128.load(slopes), factor));
  }
}

export function sigmoid(images: i32, input: usize, output: usize, size: i32): void {
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 4, input += 4) store<f32>(output, 1 / (1 + Mathf.exp(-load<f32>(input))));
}

/** From its output y: y * (1 - y). */
export function sigmoidGradient(images: i32, output: usize, slopes: usize, gradient: usize, size: i32): void {
  const one = f32x4.splat(1);
  const end = output + <usize>(images * size) * 4;
  for (; output < end; output += 16, slopes += 16, gradient += 16) {
    const y = v128.load(output);
    v128.store(gradient, f32x4.mul(v128.load(slopes), f32x4.mul(y, f32x4.sub(one, y))));
  }
}
