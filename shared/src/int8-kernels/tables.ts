import { type Buffer, int8Of } from './buffer.js';
import { clamp, roundAway } from './fixed-point.js';
import type { Kernel } from './kernel.js';

const { fround } = Math;

/** LOGISTIC: a table of all 256 values, computed in single precision (`PopulateLookupTable`). */
export function logistic([input]: readonly Buffer[], output: Buffer): Kernel {
  const [from, to] = [int8Of(input), int8Of(output)];
  const inverse = fround(1 / output.scale);
  const table = Int8Array.from({ length: 256 }, (_, index) => {
    const value = fround(input.scale * (index - 128 - input.zeroPoint));
    const probability = fround(1 / fround(1 + fround(Math.exp(-value))));
    return clamp(roundAway(fround(probability * inverse)) + output.zeroPoint, -128, 127);
  });
  return () => {
    for (let index = 0; index < to.length; index++) to[index] = table[from[index] + 128];
  };
}

/** SOFTMAX over the last dimension: powers from a table, summed and divided in single precision. */
export function softmax(beta: number, [input]: readonly Buffer[], output: Buffer): Kernel {
  const [from, to] = [int8Of(input), int8Of(output)];
  const classes = input.shape.at(-1) ?? 1;
  const step = fround(-input.scale * fround(beta));
  /** exp of how far a value lies below the largest. */
  const powers = Float32Array.from({ length: 256 }, (_, below) => Math.exp(fround(step * below)));
  return () => {
    for (let start = 0; start < from.length; start += classes) {
      const logits = from.subarray(start, start + classes);
      const largest = logits.reduce((a, b) => Math.max(a, b));
      let sum = 0;
      for (const logit of logits) sum = fround(sum + powers[largest - logit]);
      const inverse = fround(1 / fround(sum * output.scale));
      for (let index = 0; index < classes; index++) {
        const value = fround(powers[largest - logits[index]] * inverse);
        to[start + index] = clamp(roundAway(value) + output.zeroPoint, -128, 127);
      }
    }
  };
}
