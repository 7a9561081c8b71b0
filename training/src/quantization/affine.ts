import type { TensorQuantization } from '@inkcast/shared/tflite-file';

/** The real values that a tensor takes. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export const INT8 = { min: -128, max: 127 } as const;

/** Rounds half away from zero, as C's `round`, which TensorFlow Lite uses. */
export const roundAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

export const perTensor = (scale: number, zeroPoint: number): TensorQuantization => ({
  scales: Float32Array.of(scale),
  zeroPoints: Int32Array.of(zeroPoint),
  dimension: 0,
});

/** The quantization whose 256 steps span a range, zero being one of them so that padding is exact. */
export function asymmetric(range: Range): TensorQuantization {
  const min = Math.min(0, range.min);
  const max = Math.max(0, range.max);
  // For a tensor of zeros, any scale is correct.
  const scale = max === min ? 1 : Math.fround((max - min) / (INT8.max - INT8.min));
  return perTensor(scale, clamp(Math.round(INT8.min - min / scale), INT8.min, INT8.max));
}

export function quantizeValue(value: number, scale: number, zeroPoint: number): number {
  return clamp(roundAway(value / scale) + zeroPoint, INT8.min, INT8.max);
}
