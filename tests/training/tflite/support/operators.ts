import type { OperatorKind, TfliteModel } from '@inkcast/shared/tflite-file';
import { type Numbers, RandomGraph, type Settings } from './random-graph.js';

type MakeGraph = (graph: RandomGraph, of: Settings) => void;

function windowed(
  size: readonly number[],
  window: readonly number[],
  of: Settings,
  dilations = of.dilations,
): number[] {
  return [0, 1].map((axis) => {
    const reach = (window[axis] - 1) * dilations[axis] + 1;
    const places = of.padding === 'same' ? size[axis] : size[axis] - reach + 1;
    return Math.ceil(places / of.strides[axis]);
  });
}

/** Dilations only where strides are 1, and windows no larger than the map: other settings are not allowed. */
function sane(of: Settings): Settings {
  const dilations = of.strides.join() === '1,1' ? of.dilations : ([1, 1] as const);
  const window = [Math.min(of.window[0], 2), Math.min(of.window[1], 2)] as const;
  return { ...of, dilations, window: dilations.join() === '1,1' ? of.window : window };
}

function convolve(kind: 'conv2d' | 'depthwiseConv2d', perChannel: boolean): MakeGraph {
  return (graph, settings) => {
    const of = sane(settings);
    const inputScale = graph.scale(0.005, 0.1);
    const input = graph.input([of.batch, ...of.size, of.channels], graph.quantization(inputScale));
    const multiplier = 1 + (of.filters % 3);
    const channels = kind === 'conv2d' ? of.filters : of.channels * multiplier;
    const shape = kind === 'conv2d' ? [channels, ...of.window, of.channels] : [1, ...of.window, channels];
    const weights = graph.weights(shape, channels, inputScale, perChannel ? (kind === 'conv2d' ? 0 : 3) : undefined);
    const output = graph.output([of.batch, ...windowed(of.size, of.window, of), channels]);
    const { padding, strides, dilations, activation } = of;
    const common = { inputs: [input, ...weights], outputs: [output], padding, strides, dilations, activation };
    if (kind === 'conv2d') graph.operator({ ...common, kind });
    else graph.operator({ ...common, kind, depthMultiplier: multiplier });
  };
}

function dense(keepNumDims: boolean): MakeGraph {
  return (graph, of) => {
    const inputScale = graph.scale(0.005, 0.1);
    const rows = keepNumDims ? [of.batch, of.size[0]] : [of.batch];
    const input = graph.input([...rows, of.channels], graph.quantization(inputScale));
    const weights = graph.weights([of.filters, of.channels], of.filters, inputScale);
    const output = graph.output([...rows, of.filters]);
    const { activation } = of;
    graph.operator({ kind: 'fullyConnected', inputs: [input, ...weights], outputs: [output], activation, keepNumDims });
  };
}

function pool(kind: 'maxPool2d' | 'averagePool2d'): MakeGraph {
  return (graph, of) => {
    const quantization = graph.quantization();
    const input = graph.input([of.batch, ...of.size, of.channels], quantization);
    const size = windowed(of.size, of.window, of, [1, 1]);
    const output = graph.output([of.batch, ...size, of.channels], quantization);
    const { padding, strides, window, activation } = of;
    graph.operator({ kind, inputs: [input], outputs: [output], padding, strides, filter: window, activation });
  };
}

function mean(axes: readonly number[], keepDims: boolean): MakeGraph {
  return (graph, of) => {
    const shape = [of.batch, ...of.size, of.channels];
    const input = graph.input(shape);
    const axesAt = graph.graph.ints('axes', [axes.length], Int32Array.from(axes));
    const kept = shape.flatMap((size, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [size]));
    graph.operator({ kind: 'mean', inputs: [input, axesAt], outputs: [graph.output(kept)], keepDims });
  };
}

function elementwise(kind: 'add' | 'mul', second: (of: Settings) => readonly number[]): MakeGraph {
  return (graph, of) => {
    const shape = [of.batch, ...of.size, of.channels];
    const inputs = [graph.input(shape), graph.input(second(of))];
    graph.operator({ kind, inputs, outputs: [graph.output(shape)], activation: of.activation });
  };
}

function unary(kind: 'relu' | 'relu6' | 'logistic' | 'hardSwish'): MakeGraph {
  return (graph, of) => {
    const shape = [of.batch, ...of.size, of.channels];
    const input = graph.input(shape);
    const output = graph.output(shape, kind === 'logistic' ? graph.quantization(1 / 256, -128) : undefined);
    graph.operator({ kind, inputs: [input], outputs: [output] });
  };
}

/** A graph of one operator for each way in which an operator can be used. */
export const OPERATORS: Readonly<Record<string, { readonly kind: OperatorKind; readonly make: MakeGraph }>> = {
  CONV_2D: { kind: 'conv2d', make: convolve('conv2d', true) },
  'CONV_2D, one scale': { kind: 'conv2d', make: convolve('conv2d', false) },
  DEPTHWISE_CONV_2D: { kind: 'depthwiseConv2d', make: convolve('depthwiseConv2d', true) },
  FULLY_CONNECTED: { kind: 'fullyConnected', make: dense(false) },
  'FULLY_CONNECTED, dimensions kept': { kind: 'fullyConnected', make: dense(true) },
  MAX_POOL_2D: { kind: 'maxPool2d', make: pool('maxPool2d') },
  AVERAGE_POOL_2D: { kind: 'averagePool2d', make: pool('averagePool2d') },
  'MEAN of a map': { kind: 'mean', make: mean([1, 2], true) },
  'MEAN of a map, dimensions dropped': { kind: 'mean', make: mean([1, 2], false) },
  'MEAN of the channels': { kind: 'mean', make: mean([3], true) },
  ADD: { kind: 'add', make: elementwise('add', (of) => [of.batch, ...of.size, of.channels]) },
  'ADD of a value for each channel': { kind: 'add', make: elementwise('add', (of) => [of.channels]) },
  MUL: { kind: 'mul', make: elementwise('mul', (of) => [of.batch, ...of.size, of.channels]) },
  'MUL by a value for each channel': { kind: 'mul', make: elementwise('mul', (of) => [of.batch, 1, 1, of.channels]) },
  RELU: { kind: 'relu', make: unary('relu') },
  RELU6: { kind: 'relu6', make: unary('relu6') },
  HARD_SWISH: { kind: 'hardSwish', make: unary('hardSwish') },
  LOGISTIC: { kind: 'logistic', make: unary('logistic') },
  SOFTMAX: {
    kind: 'softmax',
    make: (graph, of) => {
      const input = graph.input([of.batch, of.channels]);
      const output = graph.output([of.batch, of.channels], graph.quantization(1 / 256, -128));
      graph.operator({ kind: 'softmax', inputs: [input], outputs: [output], beta: 1 });
    },
  },
  RESHAPE: {
    kind: 'reshape',
    make: (graph, of) => {
      const quantization = graph.quantization();
      const input = graph.input([of.batch, ...of.size, of.channels], quantization);
      const newShape = [of.batch, of.size[0] * of.size[1] * of.channels];
      const shape = graph.graph.ints('shape', [2], Int32Array.from(newShape));
      const output = graph.output(newShape, quantization);
      graph.operator({ kind: 'reshape', inputs: [input, shape], outputs: [output], newShape });
    },
  },
  PAD: {
    kind: 'pad',
    make: (graph, of) => {
      const quantization = graph.quantization();
      const [top, left, right] = [of.window[0] - 1, of.window[1] - 1, of.strides[0]];
      const input = graph.input([of.batch, ...of.size, of.channels], quantization);
      const paddings = graph.graph.ints('paddings', [4, 2], Int32Array.of(0, 0, top, 0, left, right, 0, 0));
      const size = [of.batch, of.size[0] + top, of.size[1] + left + right, of.channels];
      graph.operator({ kind: 'pad', inputs: [input, paddings], outputs: [graph.output(size, quantization)] });
    },
  },
  RESIZE_NEAREST_NEIGHBOR: {
    kind: 'resizeNearestNeighbor',
    make: (graph, of) => {
      const quantization = graph.quantization();
      const input = graph.input([of.batch, ...of.size, of.channels], quantization);
      // Not whole factors only: files of others hold any size.
      const size = [of.size[0] * of.strides[0], of.size[1] + of.filters];
      const sizeAt = graph.graph.ints('size', [2], Int32Array.from(size));
      const output = graph.output([of.batch, ...size, of.channels], quantization);
      graph.operator({ kind: 'resizeNearestNeighbor', inputs: [input, sizeAt], outputs: [output] });
    },
  },
  CONCATENATION: {
    kind: 'concatenation',
    make: (graph, of) => {
      const quantization = graph.quantization();
      const inputs = [of.channels, of.filters].map((depth) => graph.input([of.batch, ...of.size, depth], quantization));
      const output = graph.output([of.batch, ...of.size, of.channels + of.filters], quantization);
      graph.operator({ kind: 'concatenation', inputs, outputs: [output], axis: 3, activation: 'none' });
    },
  },
};

/** A random graph of one operator. @param name a key of `OPERATORS` */
export function operatorGraph(name: string, numbers: Numbers, of: Settings): TfliteModel {
  const graph = new RandomGraph(numbers, of.seed);
  OPERATORS[name].make(graph, of);
  return graph.build();
}
