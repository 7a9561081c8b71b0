import type { PoolOperator } from '../tflite-file/index.js';
import { activationRange, type Buffer, int8Of } from './buffer.js';
import { clamp } from './fixed-point.js';
import type { Kernel } from './kernel.js';
import { windowOf } from './window.js';

/** MAX_POOL_2D and AVERAGE_POOL_2D; what lies in the padding does not count. */
export function pooling(operator: PoolOperator, [input]: readonly Buffer[], output: Buffer): Kernel {
  const [batch, height, width, channels] = input.shape;
  const [, rows, columns] = output.shape;
  const [filterHeight, filterWidth] = operator.filter;
  const window = windowOf([height, width], operator.filter, operator);
  const [min, max] = activationRange(operator.activation, output);
  const [from, to] = [int8Of(input), int8Of(output)];
  const isMax = operator.kind === 'maxPool2d';
  return () => {
    let place = 0;
    for (let image = 0; image < batch; image++) {
      for (let row = 0; row < rows; row++) {
        const top = row * operator.strides[0] - window.top;
        const [firstRow, endRow] = [Math.max(0, top), Math.min(height, top + filterHeight)];
        for (let column = 0; column < columns; column++) {
          const left = column * operator.strides[1] - window.left;
          const [firstColumn, endColumn] = [Math.max(0, left), Math.min(width, left + filterWidth)];
          const count = (endRow - firstRow) * (endColumn - firstColumn);
          for (let channel = 0; channel < channels; channel++, place++) {
            let [largest, sum] = [-128, 0];
            for (let y = firstRow; y < endRow; y++) {
              for (let x = firstColumn; x < endColumn; x++) {
                const value = from[((image * height + y) * width + x) * channels + channel];
                largest = Math.max(largest, value);
                sum += value;
              }
            }
            to[place] = clamp(isMax ? largest : roundedMean(sum, count), min, max);
          }
        }
      }
    }
  };
}

/** Rounded half away from zero. */
function roundedMean(sum: number, count: number): number {
  const half = Math.floor(count / 2);
  return Math.trunc((sum > 0 ? sum + half : sum - half) / count);
}
