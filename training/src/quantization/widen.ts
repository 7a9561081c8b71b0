import type { Range } from './affine.js';

/** Widens a tensor's range until it holds all values. */
export function widen(ranges: Map<number, Range>, tensor: number, values: ArrayLike<number>): void {
  let { min, max } = ranges.get(tensor) ?? { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value < min) min = value;
    if (value > max) max = value;
  }
  ranges.set(tensor, { min, max });
}
