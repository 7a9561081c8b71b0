import { InkError } from '@inkcast/shared/errors';

/** Training stops: `layer` is the first whose output or gradient is not a finite number. */
export function divergence(layer: string, what: 'output' | 'gradient', step: number): InkError {
  return new InkError('INK_TRAINING_DIVERGED', `The ${what} of layer "${layer}" is not finite in step ${step + 1}.`);
}

export function isFiniteThroughout(values: Float32Array | Float64Array): boolean {
  return values.every(Number.isFinite);
}

/** The first layer, in the network's order, whose output is not finite. */
export function firstBadOutput(outputs: ReadonlyMap<string, Float32Array | Float64Array>): string | undefined {
  for (const [layer, values] of outputs) if (!isFiniteThroughout(values)) return layer;
  return undefined;
}
