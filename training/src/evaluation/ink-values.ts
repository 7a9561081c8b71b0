import type { Tensor } from '@inkcast/shared/tflite';
import type { InkRange } from './predictor.js';

const INKS = 256;

/** The input value of a model for each byte of ink. @param range real values of the bytes 0 and 255; default 0 to 1 */
export function inkValues(
  { type, quantization }: Pick<Tensor, 'type' | 'quantization'>,
  [least, most]: InkRange = [0, 1],
): readonly number[] {
  const [min, max] = type === 'int8' ? [-128, 127] : [0, 255];
  return Array.from({ length: INKS }, (_, byte) => {
    const ink = least + (most - least) * (byte / (INKS - 1));
    if (quantization === undefined) return ink;
    return Math.min(max, Math.max(min, Math.round(ink / quantization.scale) + quantization.zeroPoint));
  });
}
