import { InkError } from '@inkcast/shared/errors';

/** The error of a training that diverged: `layer` is the first layer whose output or gradient is not finite. */
export function divergence(layer: string, what: 'output' | 'gradient', step: number): InkError {
  return new InkError('INK_TRAINING_DIVERGED', `The ${what} of layer "${layer}" is not finite in step ${step + 1}.`);
}

/** Whether every value is a finite number of float32, in which the fast back end computes. */
export function isFiniteThroughout(values: Float32Array | Float64Array): boolean {
  return values.every((value) => Number.isFinite(Math.fround(value)));
}

/** Whether a sum of squares fits float32: the optimizers keep squares of gradients. */
export const areSquaresFinite = (sumOfSquares: number): boolean => Number.isFinite(Math.fround(sumOfSquares));

/** The last layer, in the network's order, whose gradient (by parameter) or its square is not finite. */
export function lastBadGradient(
  gradients: Iterable<readonly [string, Float32Array | Float64Array]>,
): string | undefined {
  let layer: string | undefined;
  for (const [name, values] of gradients) {
    let squares = 0;
    for (const value of values) squares += value * value;
    if (!areSquaresFinite(squares)) layer = name.slice(0, name.lastIndexOf('/'));
  }
  return layer;
}

/** The first layer, in the network's order, whose output is not finite. */
export function firstBadOutput(outputs: ReadonlyMap<string, Float32Array | Float64Array>): string | undefined {
  for (const [layer, values] of outputs) if (!isFiniteThroughout(values)) return layer;
  return undefined;
}
