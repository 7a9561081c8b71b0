/** Weights of INTER_LINEAR have 11 bits. */
const WEIGHT_ONE = 2048;

/**
 * For each pixel of the result along an axis, the two pixels of the source around it and their weights, as the kernel reads
 * them: INTER_LINEAR of OpenCV's `resize` for bytes (modules/imgproc/src/resize.cpp).
 *
 * @param clamped whether a pixel beyond the middle of an edge's pixel has that one alone. OpenCV does so along rows; along
 * columns it takes the edge's pixel twice, which differs by rounding.
 * @returns four int32 for each pixel
 */
export function linearWeights(from: number, to: number, clamped: boolean): Int32Array {
  const factor = 1 / (to / from);
  const weights = new Int32Array(4 * to);
  for (let index = 0; index < to; index++) {
    const place = Math.fround((index + 0.5) * factor - 0.5);
    const first = Math.floor(place);
    const isBeyond = first < 0 || first >= from - 1;
    const share = clamped && isBeyond ? 0 : Math.fround(place - first);
    const inside = (at: number): number => Math.min(from - 1, Math.max(0, at));
    weights.set([inside(first), inside(first + 1), fixed(Math.fround(1 - share)), fixed(share)], 4 * index);
  }
  return weights;
}

const fixed = (weight: number): number => roundHalfEven(weight * WEIGHT_ONE);

/** Rounds to the nearest integer, and halves to the even one. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
