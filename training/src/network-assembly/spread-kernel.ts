import type { Size2D, Tensor } from '../models/index.js';

/**
 * A kernel without groups and dilation that computes the same: its further weights are zero.
 *
 * @param kernel [height, width, channels per group, filters]
 * @param groups into which channels and filters are divided, in their order
 * @param dilation rows and columns from one tap of the kernel to the next
 */
export function spreadKernel(kernel: Tensor, groups: number, dilation: Size2D): Tensor {
  const [height, width, depth, filters] = kernel.shape;
  const [rows, columns] = [(height - 1) * dilation[0] + 1, (width - 1) * dilation[1] + 1];
  const channels = depth * groups;
  const data = new Float32Array(rows * columns * channels * filters);
  kernel.data.forEach((value, index) => {
    const filter = index % filters;
    const channel = Math.floor(index / filters) % depth;
    const column = Math.floor(index / (filters * depth)) % width;
    const row = Math.floor(index / (filters * depth * width));
    const group = Math.floor((filter * groups) / filters);
    const place = row * dilation[0] * columns + column * dilation[1];
    data[(place * channels + group * depth + channel) * filters + filter] = value;
  });
  return { shape: [rows, columns, channels, filters], data };
}
