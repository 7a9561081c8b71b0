/** Exponent of the smallest normal binary16. Below it, numbers have the steps that they have at it. */
const MIN_EXPONENT = -14;
/** The largest binary16. */
const MAX = 65504;
/** Bits of fraction. */
const FRACTION_BITS = 10;

/** The nearest IEEE 754 binary16 of a number, of two equally near ones the even one; what is too large is the largest. */
export function numberToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.min(Math.abs(value), MAX);
  if (Number.isNaN(value)) return 0x7e00;
  const exponent = size === 0 ? MIN_EXPONENT : Math.max(MIN_EXPONENT, Math.floor(Math.log2(size)));
  // A number of whole steps; a carry out of the fraction arrives in the exponent, where it belongs.
  const steps = roundToEven(size * 2 ** (FRACTION_BITS - exponent));
  return sign + steps + (exponent - MIN_EXPONENT) * 2 ** FRACTION_BITS;
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
