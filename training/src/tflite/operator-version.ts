import type { OperatorKind, TensorType, TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';

/** An operator before its version is known. */
export type Unversioned<Operator extends TfliteOperator = TfliteOperator> = Operator extends TfliteOperator
  ? Omit<Operator, 'version'>
  : never;

/**
 * The version of an operator over these tensors, as TensorFlow's own converter sets it
 * (tensorflow/lite/tools/versioning/op_version.cc): the lowest whose kernel knows types and options.
 */
export function operatorVersion(
  operator: Unversioned,
  inputs: readonly (TfliteTensor | undefined)[],
  output: TfliteTensor,
): number {
  const type: TensorType | undefined = inputs[0]?.type;
  const int8Version = (version: number): number => (type === 'int8' ? version : 1);
  switch (operator.kind) {
    case 'conv2d':
      return int8Version(3);
    case 'depthwiseConv2d':
      return type === 'int8' ? 3 : operator.dilations.some((dilation) => dilation !== 1) ? 2 : 1;
    case 'fullyConnected':
      if (inputs.length === 2) return 6;
      return operator.keepNumDims ? 5 : int8Version(4);
    case 'mul':
      return rescalesUp(inputs, output) ? 3 : int8Version(2);
    case 'relu':
      return type === 'int8' || type === 'uint8' ? 2 : 1;
    case 'reshape':
    case 'hardSwish':
    case 'leakyRelu':
    case 'quantize':
    case 'custom':
      return 1;
    default:
      return int8Version(2);
  }
}

function rescalesUp([a, b]: readonly (TfliteTensor | undefined)[], output: TfliteTensor): boolean {
  const scales = [a, b, output].map((tensor) => tensor?.quantization?.scales[0] ?? 0);
  // Single precision, as the converter computes it.
  return scales.every((scale) => scale !== 0) && Math.fround(Math.fround(scales[0] * scales[1]) / scales[2]) >= 1;
}

/**
 * The first release of TensorFlow Lite that knows each version of an operator, the first version first
 * (tensorflow/lite/tools/versioning/runtime_version.cc). Where the list ends, a version is not one that is written here.
 */
const RELEASES: Readonly<Record<Exclude<OperatorKind, 'custom'>, readonly string[]>> = {
  add: ['1.5.0', '1.14.0'],
  averagePool2d: ['1.5.0', '1.14.0'],
  concatenation: ['1.5.0', '1.14.0'],
  conv2d: ['1.5.0', '1.14.0', '1.14.0'],
  depthwiseConv2d: ['1.5.0', '1.12.0', '1.14.0'],
  dequantize: ['1.13.1', '1.14.0', '1.14.0'],
  fullyConnected: ['1.5.0', '1.10.0', '1.14.0', '1.14.0', '2.0.0', '2.1.0'],
  hardSwish: ['1.15.0'],
  leakyRelu: ['1.13.1', '2.3.0'],
  logistic: ['1.14.0', '1.14.0'],
  maxPool2d: ['1.5.0', '1.14.0'],
  mean: ['1.6.0', '1.14.0'],
  mul: ['1.5.0', '1.14.0', '1.15.0'],
  pad: ['1.5.0', '1.14.0'],
  quantize: ['1.14.0'],
  relu: ['1.5.0', '2.1.0'],
  relu6: ['1.5.0', '1.14.0'],
  reshape: ['1.5.0'],
  resizeNearestNeighbor: ['1.13.1', '1.14.0'],
  softmax: ['1.5.0', '1.14.0'],
  tanh: ['1.14.0', '1.14.0'],
};

/** The lowest release of TensorFlow Lite whose kernels can run all of a model's operators. */
export function minimumRuntime({ operators }: Pick<TfliteModel, 'operators'>): string {
  const releases = operators.flatMap(({ kind, version }) =>
    kind === 'custom' ? [] : (RELEASES[kind][version - 1] ?? []),
  );
  return releases.reduce((highest, release) => (compare(release, highest) > 0 ? release : highest), '1.5.0');
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((release) => release.split('.').map(Number));
  const at = left.findIndex((part, index) => part !== right[index]);
  return at === -1 ? 0 : left[at] - right[at];
}
