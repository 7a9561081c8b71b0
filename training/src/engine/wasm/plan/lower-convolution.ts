import { convolutionGeometry } from './convolution-geometry.js';
import type { ConvolutionMethod } from './convolution-method.js';
import { DirectConvolution } from './direct-convolution.js';
import type { Backward, Flow } from './flow.js';
import type { Group } from './group-layers.js';
import type { Buffer } from './program.js';
import { suitsWinograd, WinogradConvolution } from './winograd-convolution.js';

type ConvolutionGroup = Extract<Group, { readonly kind: 'convolution' }>;

/** A convolution with its bias, and the ReLU and 2x2 max pool that follow it. */
export function lowerConvolution(flow: Flow, group: ConvolutionGroup): Backward {
  const { builder } = flow;
  const { layer } = group;
  const geometry = convolutionGeometry(builder, layer, group.pool);
  const method = suitsWinograd(geometry)
    ? new WinogradConvolution(builder, layer, geometry)
    : new DirectConvolution(builder, layer, geometry);
  const input = flow.value(group.input);
  const output = flow.output(group.output);
  const bias = layer.bias ? builder.weight(`${layer.name}/bias`) : 0;
  const hasBiasGradient = layer.bias && builder.isTrained(layer.name);
  const { filters, slopeRows, slopeColumns } = geometry;

  if (!group.pool) {
    method.forward(input, output, bias, group.relu);
    return () => {
      const slopes = throughRelu(flow, group, output);
      if (hasBiasGradient) {
        const gradient = flow.shardGradient(`${layer.name}/bias`, filters);
        builder.call('addBiasGradient', { slopes, gradient, rows: slopeRows * slopeColumns, channels: filters });
      }
      backward(flow, group, method, { input, slopes });
    };
  }

  // A byte for each pooled value.
  const places = builder.bytesPerImage(builder.size(group.output));
  method.forwardPooled(input, output, places, bias);
  return () => {
    const slopes = builder.perImage(slopeRows * slopeColumns * filters);
    builder.call('unpool', {
      gradient: flow.gradient(group.output),
      places,
      output: slopes,
      biasGradient: hasBiasGradient ? flow.shardGradient(`${layer.name}/bias`, filters) : 0,
      rows: slopeRows / 2,
      columns: slopeColumns / 2,
      channels: filters,
    });
    backward(flow, group, method, { input, slopes });
  };
}

function backward(
  flow: Flow,
  { layer, input: from }: ConvolutionGroup,
  method: ConvolutionMethod,
  { input, slopes }: { readonly input: Buffer; readonly slopes: Buffer },
): void {
  if (flow.builder.isTrained(layer.name)) {
    const values = flow.builder.parameterSize(`${layer.name}/kernel`);
    method.kernelGradient(input, slopes, flow.shardGradient(`${layer.name}/kernel`, values));
  }
  flow.contribute(from, (to) => method.inputGradient(slopes, to));
}

/** The gradient before the ReLU, where the group has one. */
export function throughRelu(
  flow: Flow,
  group: { readonly relu: boolean; readonly output: string },
  output: Buffer,
): Buffer {
  const slopes = flow.gradient(group.output);
  if (!group.relu) return slopes;
  const size = flow.builder.size(group.output);
  const gradient = flow.builder.perImage(size);
  flow.builder.call('reluGradient', { output, slopes, gradient, size, limit: Number.POSITIVE_INFINITY });
  return gradient;
}
