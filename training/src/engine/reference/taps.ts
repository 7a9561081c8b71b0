import type { Padding, Size2D, WindowGeometry } from '../../models/index.js';
import { windowGeometry } from '../../models/index.js';

/** A window moving over maps of one size. */
export interface Window {
  readonly size: Size2D;
  readonly strides: Size2D;
  readonly input: Size2D;
  readonly geometry: WindowGeometry;
}

export function makeWindow(input: Size2D, size: Size2D, strides: Size2D, padding: Padding): Window {
  return { size, strides, input, geometry: windowGeometry(input, size, strides, padding) };
}

export const outputPixels = (window: Window): number => window.geometry.rows.output * window.geometry.columns.output;

/**
 * Calls `visit` for every output pixel of `count` maps and every tap of the window that lies inside the input; taps in
 * the padding are left out, which is what zero padding comes to. Pixels are numbered through all maps.
 */
export function visitTaps(
  window: Window,
  count: number,
  visit: (output: number, input: number, tap: number) => void,
): void {
  const { size, strides, input, geometry } = window;
  const { rows, columns } = geometry;
  let output = 0;
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < rows.output; row++) {
      for (let column = 0; column < columns.output; column++, output++) {
        for (let tapRow = 0; tapRow < size[0]; tapRow++) {
          const y = row * strides[0] - rows.before + tapRow;
          if (y < 0 || y >= input[0]) continue;
          for (let tapColumn = 0; tapColumn < size[1]; tapColumn++) {
            const x = column * strides[1] - columns.before + tapColumn;
            if (x < 0 || x >= input[1]) continue;
            visit(output, (image * input[0] + y) * input[1] + x, tapRow * size[1] + tapColumn);
          }
        }
      }
    }
  }
}
