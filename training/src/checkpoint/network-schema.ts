import { z } from 'zod';
import type { Layer, Network } from '../models/index.js';

const common = { name: z.string().min(1), inputs: z.array(z.string()) };
const size2D = z.tuple([z.int().positive(), z.int().positive()]);
const padding = z.enum(['same', 'valid']);

const layerSchema: z.ZodType<Layer> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('input'),
    shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('conv2d'),
    filters: z.int().positive(),
    kernel: size2D,
    strides: size2D,
    padding,
    bias: z.boolean(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('depthwiseConv2d'),
    kernel: size2D,
    strides: size2D,
    padding,
    bias: z.boolean(),
  }),
  z.strictObject({ ...common, kind: z.literal('dense'), units: z.int().positive(), bias: z.boolean() }),
  z.strictObject({
    ...common,
    kind: z.literal('batchNorm'),
    epsilon: z.number().positive(),
    momentum: z.number().min(0).max(1),
  }),
  z.strictObject({ ...common, kind: z.enum(['maxPool', 'averagePool']), pool: size2D, strides: size2D, padding }),
  z.strictObject({ ...common, kind: z.literal('upsample'), factor: z.int().min(2) }),
  z.strictObject({ ...common, kind: z.literal('dropout'), rate: z.number().min(0).lt(1) }),
  z.strictObject({
    ...common,
    kind: z.enum([
      'globalAveragePool',
      'add',
      'multiply',
      'concat',
      'flatten',
      'relu',
      'relu6',
      'hardSwish',
      'sigmoid',
      'softmax',
    ]),
  }),
]);

/** The description of a network in a file. `inferShapes` checks that the layers fit together. */
export const networkSchema: z.ZodType<Network> = z.strictObject({
  name: z.string().min(1),
  layers: z.array(layerSchema).min(1),
});
