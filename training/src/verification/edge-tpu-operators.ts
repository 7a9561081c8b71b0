import type { OperatorKind, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';

interface Fault {
  readonly rule: 'supported-operator' | 'operator-limits';
  readonly reason: string;
}

/** Those of the published table that a .tflite file of ours can hold. */
const SUPPORTED: ReadonlySet<OperatorKind> = new Set([
  'add',
  'averagePool2d',
  'concatenation',
  'conv2d',
  'depthwiseConv2d',
  'fullyConnected',
  'logistic',
  'maxPool2d',
  'mean',
  'mul',
  'pad',
  'quantize',
  'relu',
  'relu6',
  'reshape',
  'resizeNearestNeighbor',
  'softmax',
]);

const MAX_SOFTMAX_INPUTS = 16_000;
/** A mean over channels takes a multiple of this many. */
const CHANNEL_STEP = 4;

/** The reason why the Edge TPU cannot run an operator: its kind, or a limit of the published table. */
export function operatorFaults(operator: TfliteOperator, tensors: readonly TfliteTensor[]): readonly Fault[] {
  if (!SUPPORTED.has(operator.kind)) {
    const reason = operator.kind === 'custom' ? `"${operator.code}" is of another device` : 'it has no such operator';
    return [{ rule: 'supported-operator', reason }];
  }
  return limitFaults(operator, tensors).map((reason) => ({ rule: 'operator-limits', reason }));
}

function limitFaults(operator: TfliteOperator, tensors: readonly TfliteTensor[]): readonly string[] {
  const inputs = operator.inputs.map((index) => tensors[index]);
  const { shape } = tensors[operator.outputs[0]];
  switch (operator.kind) {
    case 'averagePool2d':
    case 'maxPool2d':
      return activationFaults(operator);
    case 'concatenation':
      return [...activationFaults(operator), ...constantFaults(inputs)];
    case 'conv2d':
    case 'depthwiseConv2d': {
      const [rows, columns] = operator.dilations;
      return rows === columns ? [] : [`its dilations ${rows} and ${columns} must be the same`];
    }
    case 'fullyConnected':
      return isVector(shape) ? [] : [`its output [${shape}] must be one-dimensional`];
    case 'mean':
      return meanFaults(inputs);
    case 'pad': {
      const [before, after] = int32s(inputs[1]);
      return before === 0 && after === 0 ? [] : ['it pads the batch'];
    }
    case 'softmax':
      return softmaxFaults(inputs[0].shape);
    default:
      return [];
  }
}

function activationFaults({ activation }: { readonly activation: string }): readonly string[] {
  return activation === 'none' ? [] : [`its fused ${activation} must be an operator of its own`];
}

function constantFaults(inputs: readonly TfliteTensor[]): readonly string[] {
  const constants = inputs.filter(({ data }) => data !== undefined);
  if (constants.length === 0) return [];
  const isZero = constants.every(({ data, quantization }) =>
    Int8Array.from(data ?? []).every((value) => value === (quantization?.zeroPoints[0] ?? 0)),
  );
  return inputs.length === 2 && isZero ? [] : ['a constant among its inputs must be zeros, beside one other input'];
}

function meanFaults([map, axes]: readonly TfliteTensor[]): readonly string[] {
  const rank = map.shape.length;
  const reduced = new Set(int32s(axes).map((axis) => (axis < 0 ? axis + rank : axis)));
  const channels = map.shape[rank - 1];
  return [
    ...(reduced.has(0) ? ['it reduces the batch'] : []),
    ...(reduced.has(rank - 1) && channels % CHANNEL_STEP !== 0
      ? [`it reduces ${channels} channels, not a multiple of ${CHANNEL_STEP}`]
      : []),
  ];
}

function softmaxFaults(shape: readonly number[]): readonly string[] {
  if (!isVector(shape)) return [`its input [${shape}] must be one-dimensional`];
  const size = shape[shape.length - 1];
  return size <= MAX_SOFTMAX_INPUTS ? [] : [`its input has ${size} values, more than ${MAX_SOFTMAX_INPUTS}`];
}

/** Whether all sizes but the last are 1. */
const isVector = (shape: readonly number[]): boolean => shape.slice(0, -1).every((size) => size === 1);

const int32s = ({ data }: TfliteTensor): number[] => [...new Int32Array((data ?? new Uint8Array()).slice().buffer)];
