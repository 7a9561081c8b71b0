import type { Padding, Size2D } from './layer.js';

/** How a window moves along one axis: how many places it takes, and the padding before the first pixel. */
export interface WindowAxis {
  readonly output: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Output size and padding of a window along one axis, as TensorFlow defines them: `valid` takes
 * ceil((input - window + 1) / stride) places, `same` takes ceil(input / stride) with the odd pixel of padding after.
 */
export function windowAxis(input: number, window: number, stride: number, padding: Padding): WindowAxis {
  if (padding === 'valid') return { output: Math.ceil((input - window + 1) / stride), before: 0, after: 0 };
  const output = Math.ceil(input / stride);
  const total = Math.max((output - 1) * stride + window - input, 0);
  const before = Math.floor(total / 2);
  return { output, before, after: total - before };
}

/** Both axes of a window over a map. */
export interface WindowGeometry {
  readonly rows: WindowAxis;
  readonly columns: WindowAxis;
}

/** @param input height and width of the map the window moves over */
export function windowGeometry(input: Size2D, window: Size2D, strides: Size2D, padding: Padding): WindowGeometry {
  return {
    rows: windowAxis(input[0], window[0], strides[0], padding),
    columns: windowAxis(input[1], window[1], strides[1], padding),
  };
}
