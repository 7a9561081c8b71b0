import type { NetworkBuilder } from '@inkcast/training/models';

/** A convolution of 3x3 with batch normalisation. */
export function convolution(builder: NetworkBuilder, filters: number, strides: number): void {
  builder.conv2d(filters, 3, { strides, padding: 'same', bias: false }).batchNorm().relu();
}

/** Two layers with a residual connection (He et al., 2016). */
export function residual(builder: NetworkBuilder, layer: () => void): void {
  const shortcut = builder.end;
  layer();
  layer();
  builder.add(shortcut);
}
