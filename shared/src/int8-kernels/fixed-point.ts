/**
 * The fixed-point arithmetic of TensorFlow Lite's int8 kernels (tensorflow/lite/kernels/internal/common.h and
 * quantization_util.cc, after gemmlowp). A real factor is a 32-bit mantissa in [2^30, 2^31) and a power of two:
 * factor = mantissa / 2^31 * 2^exponent.
 */
export interface Multiplier {
  readonly mantissa: number;
  readonly exponent: number;
}

/**
 * How ties are rounded when a product is shifted right, after its high half was rounded half up. `away`: away from zero,
 * as in the specification's reference kernels. `up`: towards positive infinity, as in the matrix products of the
 * library `ruy`, measured against the x86 build.
 */
export type Ties = 'away' | 'up';

const TWO_15 = 2 ** 15;
const TWO_16 = 2 ** 16;
const TWO_31 = 2 ** 31;
const INT32_MAX = TWO_31 - 1;

/** The nearest multiplier of a positive real factor (`QuantizeMultiplier`). */
export function quantizeMultiplier(factor: number): Multiplier {
  if (factor === 0) return { mantissa: 0, exponent: 0 };
  let exponent = Math.floor(Math.log2(factor)) + 1;
  // log2 may be off by one next to a power of two.
  while (factor / 2 ** exponent >= 1) exponent += 1;
  while (factor / 2 ** exponent < 0.5) exponent -= 1;
  let mantissa = Math.round((factor / 2 ** exponent) * TWO_31);
  if (mantissa === TWO_31) {
    mantissa /= 2;
    exponent += 1;
  }
  return exponent < -31 ? { mantissa: 0, exponent: 0 } : { mantissa, exponent };
}

/** round(a * b / 2^31), half up, for int32 a and b; exact, although the product has 62 bits. */
export function doublingHighMultiply(a: number, b: number): number {
  if (a === -TWO_31 && b === -TWO_31) return INT32_MAX;
  const high = a * Math.floor(b / TWO_16);
  const low = a * (b & 0xffff);
  // a * b = high * 2^16 + low, and high = whole * 2^15 + rest, so a * b = whole * 2^31 + rest * 2^16 + low.
  const whole = Math.floor(high / TWO_15);
  const rest = high - whole * TWO_15;
  return whole + Math.floor((rest * TWO_16 + low + 2 ** 30) / TWO_31);
}

/** round(value / 2^exponent), half away from zero, for an int32 value. @param exponent 0 to 31 */
export function roundingShift(value: number, exponent: number): number {
  // The bits that are shifted out; for 31, the subtraction wraps to the 31 lowest.
  const mask = ((1 << exponent) - 1) | 0;
  const threshold = (mask >> 1) + (value < 0 ? 1 : 0);
  return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
}

/** round(value * multiplier) for an int32 value. */
export function multiply(value: number, { mantissa, exponent }: Multiplier, ties: Ties): number {
  const left = exponent > 0 ? exponent : 0;
  const high = doublingHighMultiply(value << left, mantissa);
  const right = left - exponent;
  if (ties === 'away' || right === 0) return roundingShift(high, right);
  return Math.floor(((high >> (right - 1)) + 1) / 2);
}

export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** Rounds half away from zero, as C's `round`. */
export const roundAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));
