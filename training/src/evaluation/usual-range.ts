import type { InkRange } from './predictor.js';

/** The numbers of an 8-bit type. */
const LIMITS = { int8: [-128, 127], uint8: [0, 255] } as const;
/** Ranges that pictures usually have. */
const USUAL: readonly InkRange[] = [
  [0, 1],
  [0, 255],
  [-1, 1],
];
/** Calibration on a few pictures may miss the ends of a range by this share of it. */
const TOLERANCE = 0.1;

/** A tensor's type and quantization. */
interface Quantized {
  readonly type: string;
  readonly quantization?:
    | { readonly scale: number; readonly zeroPoint: number }
    | { readonly scales: ArrayLike<number>; readonly zeroPoints: ArrayLike<number> }
    | undefined;
}

/** The range that a model's input probably has: for a quantized input that which its numbers stand for, otherwise 0 to 1. */
export function usualRange({ type, quantization }: Quantized): InkRange {
  if ((type !== 'int8' && type !== 'uint8') || quantization === undefined) return USUAL[0];
  const [scale, zeroPoint] =
    'scale' in quantization
      ? [quantization.scale, quantization.zeroPoint]
      : [quantization.scales[0], quantization.zeroPoints[0]];
  const [least, most] = LIMITS[type].map((limit) => scale * (limit - zeroPoint));
  const fits = ([from, to]: InkRange): boolean => {
    const allowed = TOLERANCE * (to - from);
    return Math.abs(least - from) <= allowed && Math.abs(most - to) <= allowed;
  };
  return USUAL.find(fits) ?? USUAL[0];
}
