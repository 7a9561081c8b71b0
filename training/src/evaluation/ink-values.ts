import type { Tensor } from '@inkcast/shared/tflite';

const INKS = 256;

/** The input value of a model for each byte of ink. The bytes 0 to 255 mean ink from 0 to 1. */
export function inkValues({ type, quantization }: Pick<Tensor, 'type' | 'quantization'>): readonly number[] {
  const [min, max] = type === 'int8' ? [-128, 127] : [0, 255];
  return Array.from({ length: INKS }, (_, byte) => {
    const ink = byte / (INKS - 1);
    if (quantization === undefined) return ink;
    return Math.min(max, Math.max(min, Math.round(ink / quantization.scale) + quantization.zeroPoint));
  });
}
