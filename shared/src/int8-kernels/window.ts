import type { TflitePadding } from '../tflite-file/index.js';

/** Padding before the first row and column of a window that moves over a map (`ComputePaddingHeightWidth`). */
export interface WindowPlace {
  readonly top: number;
  readonly left: number;
}

export interface WindowSettings {
  readonly padding: TflitePadding;
  readonly strides: readonly [number, number];
  readonly dilations?: readonly [number, number];
}

/** @param input and `size`: height, width */
export function windowOf(
  input: readonly [number, number],
  size: readonly [number, number],
  { padding, strides, dilations = [1, 1] }: WindowSettings,
): WindowPlace {
  const [top, left] = ([0, 1] as const).map((axis) => {
    if (padding === 'valid') return 0;
    const reach = (size[axis] - 1) * dilations[axis] + 1;
    const places = Math.ceil(input[axis] / strides[axis]);
    return Math.floor(Math.max(0, (places - 1) * strides[axis] + reach - input[axis]) / 2);
  });
  return { top, left };
}
