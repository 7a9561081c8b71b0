/** The quantization of an int8 tensor: real = scale * (quantized - zeroPoint). */
export interface Quantization {
  readonly scale: number;
  readonly zeroPoint: number;
}

/**
 * The int8 values for all 256 bytes.
 *
 * @param range real values of the bytes 0 and 255
 */
export function quantizedBytes(
  { scale, zeroPoint }: Quantization,
  [least, most]: readonly [number, number],
): Int8Array {
  return Int8Array.from({ length: 256 }, (_, byte) => {
    const value = least + (byte / 255) * (most - least);
    return Math.max(-128, Math.min(127, Math.round(value / scale) + zeroPoint));
  });
}
