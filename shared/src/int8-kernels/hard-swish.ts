import { type Buffer, int8Of } from './buffer.js';
import { clamp, quantizeMultiplier, roundingShift } from './fixed-point.js';
import type { Kernel } from './kernel.js';

const INT16_MIN = -(2 ** 15);
const INT16_MAX = 2 ** 15 - 1;

/** HARD_SWISH in 16-bit fixed point (tensorflow/lite/kernels/internal/reference/hard_swish.h). */
export function hardSwish([input]: readonly Buffer[], output: Buffer): Kernel {
  const [from, to] = [int8Of(input), int8Of(output)];
  // The input gains 7 bits; x + 3 is scaled so that int16 spans -3 to 3.
  const fineScale = Math.fround(input.scale / 128);
  const byOutput = shortMultiplier(Math.fround(fineScale / output.scale));
  const byGate = shortMultiplier(Math.fround(fineScale / Math.fround(3 / 32768)));
  const table = Int8Array.from({ length: 256 }, (_, index) => {
    const fine = (index - 128 - input.zeroPoint) * 128;
    const onOutputScale = highMultiply(fine, byOutput.mantissa, true);
    const gate = (gateValue(fine, byGate) + 2 ** 15) >> 1;
    const product = highMultiply(gate, onOutputScale, false);
    return clamp(roundingShift(product, -byOutput.exponent) + output.zeroPoint, -128, 127);
  });
  return () => {
    for (let index = 0; index < to.length; index++) to[index] = table[from[index] + 128];
  };
}

interface ShortMultiplier {
  readonly mantissa: number;
  readonly exponent: number;
}

/** A multiplier whose mantissa has 16 bits (`DownScaleInt32ToInt16Multiplier`). */
function shortMultiplier(factor: number): ShortMultiplier {
  const { mantissa, exponent } = quantizeMultiplier(factor);
  return { mantissa: Math.min(INT16_MAX, Math.floor((mantissa + 2 ** 15) / 2 ** 16)), exponent };
}

/** Three times the input over the scale of int16, saturating where the input is beyond -3 or 3. */
function gateValue(fine: number, { mantissa, exponent }: ShortMultiplier): number {
  if (exponent <= 0) return roundingShift(highMultiply(fine, mantissa, true), -exponent);
  return saturate(2 * highMultiply(saturate(fine * 2 ** (exponent - 1)), mantissa, true));
}

const saturate = (value: number): number => clamp(value, INT16_MIN, INT16_MAX);

/** a * b / 2^15 for int16 values, rounded half up or cut off towards zero. */
function highMultiply(a: number, b: number, rounded: boolean): number {
  if (a === INT16_MIN && b === INT16_MIN) return INT16_MAX;
  return rounded ? Math.floor((a * b + 2 ** 14) / 2 ** 15) : Math.trunc((a * b) / 2 ** 15);
}
