import { SHARDS } from '../shards.js';
import type { Backward, Flow } from './flow.js';
import type { Group } from './group-layers.js';
import { throughRelu } from './lower-convolution.js';
import { packedPanels, transposedPanels } from './packing.js';
import { type Buffer, makeCall, SHARD_STEP } from './program.js';

type DenseGroup = Extract<Group, { readonly kind: 'dense' }>;

/** A dense layer with its bias and the ReLU that follows it. */
export function lowerDense(flow: Flow, group: DenseGroup): Backward {
  const { builder } = flow;
  const { layer } = group;
  const kernel = `${layer.name}/kernel`;
  const depth = builder.size(group.input);
  const input = flow.value(group.input);
  const output = flow.output(group.output);
  builder.call('multiplyMatrix', {
    a: input,
    c: output,
    panels: packedPanels(builder, kernel, depth, layer.units),
    bias: layer.bias ? builder.weight(`${layer.name}/bias`) : 0,
    rows: 1,
    depth,
    columns: layer.units,
    relu: group.relu,
  });
  return () => {
    const slopes = throughRelu(flow, group, output);
    if (builder.isTrained(layer.name)) {
      if (layer.bias) {
        const gradient = flow.shardGradient(`${layer.name}/bias`, layer.units);
        builder.call('addBiasGradient', { slopes, gradient, rows: 1, channels: layer.units });
      }
      kernelGradient(flow, kernel, { input, slopes, depth, units: layer.units });
    }
    flow.contribute(group.input, (to) => {
      const panels = transposedPanels(builder, kernel, { taps: [0], channels: depth, filters: layer.units });
      builder.call('multiplyMatrix', {
        a: slopes,
        c: to,
        panels,
        bias: 0,
        rows: 1,
        depth: layer.units,
        columns: depth,
        relu: false,
      });
    });
  };
}

/**
 * Rows of the kernel's gradient are shared out, not pictures: a dense layer has many weights and one row of input a
 * picture, so a sum for each shard would cost more to add up than to compute.
 */
function kernelGradient(
  { builder }: Flow,
  parameter: string,
  { input, slopes, depth, units }: { input: Buffer; slopes: Buffer; depth: number; units: number },
): void {
  const offsets = builder.constant(Uint32Array.from({ length: depth }, (_, k) => k * 4));
  const step = Math.max(4, Math.ceil(16384 / units / 4) * 4);
  for (let from = 0; from < depth; from += step) {
    const to = Math.min(depth, from + step);
    builder.reductions.push([
      makeCall('writeDenseGradient', {
        input,
        slopes,
        gradient: builder.gradientOf(parameter),
        offsets,
        from,
        to,
        depth,
        units,
        shards: SHARDS,
        counts: builder.counts,
        shardStep: SHARD_STEP,
      }),
      makeCall('sumSquares', {
        values: builder.gradientOf(parameter, from * units),
        count: (to - from) * units,
        squares: builder.squares(),
      }),
    ]);
  }
}
