import type { TfliteOperator } from '@inkcast/shared/tflite-file';

/** An operator with weights: its inputs are a tensor, a filter and a bias. */
export type WeightedOperator = Extract<
  TfliteOperator,
  { readonly kind: 'conv2d' | 'depthwiseConv2d' | 'fullyConnected' }
>;

export const isWeighted = (operator: TfliteOperator): operator is WeightedOperator =>
  operator.kind === 'conv2d' || operator.kind === 'depthwiseConv2d' || operator.kind === 'fullyConnected';
