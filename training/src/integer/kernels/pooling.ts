import type { PoolOperator } from '@inkcast/shared/tflite-file';
import { activationRange, type Buffer, int8Of } from '../buffer.js';
import { clamp } from '../fixed-point.js';
import type { Kernel } from '../kernel.js';
import { windowOf } from '../window.js';

/** MAX_POOL_2D and AVERAGE_POOL_2D; what lies in the padding does not count. */
export function pooling(operator: PoolOperator, [input]: readonly Buffer[], output: Buffer): Kernel {
  const [batch, height, width, channels] = input.shape;
  const [, rows, columns] = output.shape;
  const [filterHeight, filterWidth] = operator.filter;
  const window = windowOf([height, width], operator.filter, operator);
  const [min, max] = activationRange(operator.activation, output);
  const [from, to] = [int8Of(input), int8Of(output)];
  const reduce = operator.kind === 'maxPool2d' ? largest : mean;
  return () => {
    const taken: number[] = [];
    let place = 0;
    for (let image = 0; image < batch; image++) {
      for (let row = 0; row < rows; row++) {
        const top = row * operator.strides[0] - window.top;
        for (let column = 0; column < columns; column++) {
          const left = column * operator.strides[1] - window.left;
          for (let channel = 0; channel < channels; channel++, place++) {
            taken.length = 0;
            for (let y = Math.max(0, top); y < Math.min(height, top + filterHeight); y++) {
              for (let x = Math.max(0, left); x < Math.min(width, left + filterWidth); x++) {
                taken.push(from[((image * height + y) * width + x) * channels + channel]);
              }
            }
            to[place] = clamp(reduce(taken), min, max);
          }
        }
      }
    }
  };
}

const largest = (values: readonly number[]): number => Math.max(...values);

/** Rounded half away from zero. */
function mean(values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  const half = Math.floor(values.length / 2);
  return Math.trunc((sum > 0 ? sum + half : sum - half) / values.length);
}
