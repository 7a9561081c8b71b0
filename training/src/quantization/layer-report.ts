import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { OperatorKind, TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';
import { INT8 } from './affine.js';
import { isolateOperator } from './isolate-operator.js';
import type { QuantizedNetwork } from './quantized-network.js';
import { runGraph } from './run-graph.js';

/** Operators that only pass values on, without rounding. */
const MOVING: ReadonlySet<OperatorKind> = new Set(['maxPool2d', 'reshape', 'resizeNearestNeighbor', 'pad']);

/** The effect of quantization on one operator of the graph. */
export interface LayerReport {
  /** The tensor that it computes, which bears the layer's name. */
  readonly layer: string;
  readonly operator: OperatorKind;
  /** Real values between the ends of int8. */
  readonly range: readonly [min: number, max: number];
  readonly scale: number;
  readonly zeroPoint: number;
  /** Least and largest scale of the weights' channels; null where there are no weights. */
  readonly weightScales: readonly [least: number, largest: number] | null;
  /**
   * Signal-to-noise ratio in dB: 10 log10(sum of squares of the float tensor / sum of squares of its difference from int8).
   * The difference includes all earlier operators. null if there is no difference.
   */
  readonly signalToNoise: number | null;
  /**
   * The share of the error of the logits: their squared error if only this operator rounds, divided by the sum of these
   * errors over all operators.
   */
  readonly errorWeight: number;
}

/**
 * Runs a network in float, in int8, and in float with one operator at a time in int8, and compares.
 *
 * @param images bytes 0 to 255 that stand for 0 to 1, one picture after the other
 */
export function reportLayers(
  library: TfLiteLibrary,
  { float, quantized }: QuantizedNetwork,
  images: Uint8Array,
): readonly LayerReport[] {
  const byName = new Map(quantized.tensors.map((tensor) => [tensor.name, tensor]));
  const last = float.operators[float.operators.length - 1];
  const logits = last.kind === 'softmax' ? last.inputs[0] : last.outputs[0];
  const exact = record(library, float, images, logits);
  const errors = float.operators.map(({ kind }, position) => {
    if (MOVING.has(kind)) return 0;
    const isolated = record(library, isolateOperator(float, byName, position), images, logits);
    const difference = { signal: 0, noise: 0 };
    for (const [picture, values] of exact.entries()) compare(difference, values, isolated[picture]);
    return difference.noise;
  });
  const layers = differences(library, { float, quantized }, images);
  const all = errors.reduce((sum, error) => sum + error, 0);
  return float.operators.map((operator, position) => {
    const { name } = float.tensors[operator.outputs[0]];
    const { signal, noise } = layers.get(name) ?? { signal: 0, noise: 0 };
    return {
      ...describe(operator, name, byName, float),
      signalToNoise: noise === 0 ? null : 10 * Math.log10(signal / noise),
      errorWeight: all === 0 ? 0 : errors[position] / all,
    };
  });
}

function describe(
  { kind, inputs }: TfliteOperator,
  name: string,
  quantized: ReadonlyMap<string, TfliteTensor>,
  float: TfliteModel,
): Omit<LayerReport, 'signalToNoise' | 'errorWeight'> {
  const { quantization } = quantized.get(name) ?? {};
  const [scale, zeroPoint] = [quantization?.scales[0] ?? 0, quantization?.zeroPoints[0] ?? 0];
  const isWeighted = kind === 'conv2d' || kind === 'depthwiseConv2d' || kind === 'fullyConnected';
  const scales = isWeighted ? (quantized.get(float.tensors[inputs[1]].name)?.quantization?.scales ?? []) : [];
  return {
    layer: name,
    operator: kind,
    range: [scale * (INT8.min - zeroPoint), scale * (INT8.max - zeroPoint)],
    scale,
    zeroPoint,
    weightScales: scales.length === 0 ? null : [Math.min(...scales), Math.max(...scales)],
  };
}

/** Sums of squares: of a tensor's exact values, and of how far the rounded ones are from them. */
interface Difference {
  signal: number;
  noise: number;
}

/** How far each computed tensor of the int8 graph is from the float one's, over all pictures, by its name. */
function differences(
  library: TfLiteLibrary,
  { float, quantized }: QuantizedNetwork,
  images: Uint8Array,
): ReadonlyMap<string, Difference> {
  const found = new Map<string, Difference>();
  const indices = new Map(quantized.tensors.map(({ name }, index) => [name, index]));
  // Both graphs run at the same time, so that no more than one picture's tensors are kept.
  const roundedRuns = runGraph(library, quantized, images);
  try {
    for (const exact of runGraph(library, float, images)) {
      const { value: rounded } = roundedRuns.next();
      for (const [tensor, values] of exact) {
        const { name } = float.tensors[tensor];
        const index = indices.get(name) ?? -1;
        const difference = found.get(name) ?? { signal: 0, noise: 0 };
        found.set(name, difference);
        compare(difference, values, realValues(quantized.tensors[index], rounded?.get(index)));
      }
    }
  } finally {
    roundedRuns.return();
  }
  return found;
}

/** A copy of one tensor's real values, for each picture. */
function record(library: TfLiteLibrary, model: TfliteModel, images: Uint8Array, tensor: number): Float32Array[] {
  return Array.from(runGraph(library, model, images), (tensors) =>
    realValues(model.tensors[tensor], tensors.get(tensor)),
  );
}

function realValues({ quantization }: TfliteTensor, values: ArrayLike<number> = []): Float32Array {
  const [scale, zeroPoint] = [quantization?.scales[0] ?? 1, quantization?.zeroPoints[0] ?? 0];
  return Float32Array.from(values, (value) => scale * (value - zeroPoint));
}

function compare(difference: Difference, exact: ArrayLike<number>, rounded: ArrayLike<number>): void {
  for (let index = 0; index < exact.length; index++) {
    difference.signal += exact[index] ** 2;
    difference.noise += (exact[index] - rounded[index]) ** 2;
  }
}
