import { roundHalfEven } from './linear-weights.js';

/** The weights of small sides, in parts of 256. */
const SMALL: Readonly<Record<number, readonly number[]>> = {
  1: [256],
  3: [64, 128, 64],
  5: [16, 64, 96, 64, 16],
  7: [8, 28, 56, 72, 56, 28, 8],
  9: [4, 13, 30, 51, 60, 51, 30, 13, 4],
};

/**
 * A Gaussian's weights in parts of 256, which add up to 256: those of OpenCV's `GaussianBlur` of bytes, whose sigma follows
 * from the side. What a weight loses by rounding, the next one gains (`getGaussianKernelBitExact` and
 * `getGaussianKernelFixedPoint_ED` in modules/imgproc/src/smooth.dispatch.cpp).
 *
 * @param side odd
 */
export function gaussianWeights(side: number): Uint16Array {
  const small = SMALL[side];
  if (small !== undefined) return Uint16Array.from(small);
  const sigma = side * 0.15 + 0.35;
  const half = (side - 1) / 2;
  const powers = Array.from({ length: half }, (_, index) =>
    Math.exp((2 * index + 1 - side) ** 2 * (-0.125 / sigma ** 2)),
  );
  const sum = 2 * powers.reduce((total, power) => total + power, 0) + 1;
  const weights = new Uint16Array(side);
  let [error, left] = [0, 256];
  for (const [index, power] of powers.entries()) {
    const exact = power * (1 / sum) * 256 + error;
    const weight = roundHalfEven(exact);
    error = exact - weight;
    weights[index] = weight;
    weights[side - 1 - index] = weight;
    left -= 2 * weight;
  }
  weights[half] = left;
  return weights;
}
