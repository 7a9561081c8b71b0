import type { UpsampleLayer } from '../../models/index.js';
import type { Operation } from './operation.js';

/** Nearest-neighbour enlargement; each pixel's gradient is the sum over its block. */
export function upsample(
  { factor }: UpsampleLayer,
  [height, width, channels]: readonly [number, number, number],
): Operation {
  const visit = (count: number, move: (large: number, small: number) => void): void => {
    const wide = width * factor;
    // Rows are numbered through all pictures: a block never reaches from one into the next.
    for (let row = 0; row < count * height * factor; row++) {
      for (let column = 0; column < wide; column++) {
        const small = Math.floor(row / factor) * width + Math.floor(column / factor);
        const large = row * wide + column;
        for (let channel = 0; channel < channels; channel++)
          move(large * channels + channel, small * channels + channel);
      }
    }
  };
  return {
    forward({ count }, [input]) {
      const output = new Float64Array(input.length * factor ** 2);
      visit(count, (large, small) => {
        output[large] = input[small];
      });
      return output;
    },
    backward({ count }, [input], _output, gradient) {
      const byInput = new Float64Array(input.length);
      visit(count, (large, small) => {
        byInput[small] += gradient[large];
      });
      return [byInput];
    },
  };
}
