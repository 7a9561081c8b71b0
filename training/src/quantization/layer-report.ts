import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { OperatorKind, TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';
import { INT8 } from './affine.js';
import { isolateOperator } from './isolate-operator.js';
import type { QuantizedNetwork } from './quantize-network.js';
import { runGraph } from './run-graph.js';

/** Operators that pass rounded values on and round nothing themselves. */
const MOVING: ReadonlySet<OperatorKind> = new Set(['maxPool2d', 'reshape', 'pad']);

/** What quantization did to one operator of the graph. */
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
   * 10 log10 of the squares' sum of the float tensor over that of the difference which int8 makes, this operator's and
   * all before it; null where there is no difference.
   */
  readonly signalToNoise: number | null;
  /**
   * The share in the error of the logits: their squared error where this operator alone rounds, over the sum of all
   * operators'.
   */
  readonly errorWeight: number;
}

/**
 * Runs a network in float, in int8, and in float with one operator at a time in int8, and compares.
 *
 * @param images ink from 0 to 255, one picture after the other
 */
export function reportLayers(
  library: TfLiteLibrary,
  { float, quantized }: QuantizedNetwork,
  images: Uint8Array,
): readonly LayerReport[] {
  const byName = new Map(quantized.tensors.map((tensor) => [tensor.name, tensor]));
  const pixels = Float32Array.from(images, (value) => value / 255);
  const exact = record(library, float, pixels);
  const rounded = record(library, quantized, quantizedPixels(quantized, images));
  const last = float.operators[float.operators.length - 1];
  const logits = float.tensors[last.kind === 'softmax' ? last.inputs[0] : last.outputs[0]].name;
  const errors = float.operators.map(({ kind }, position) => {
    if (MOVING.has(kind)) return 0;
    const isolated = record(library, isolateOperator(float, byName, position), pixels, logits);
    return compare(exact.get(logits), isolated.get(logits)).noise;
  });
  const all = errors.reduce((sum, error) => sum + error, 0);
  return float.operators.map((operator, position) => {
    const { name } = float.tensors[operator.outputs[0]];
    const { signal, noise } = compare(exact.get(name), rounded.get(name));
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

type Recording = ReadonlyMap<string, Float32Array>;

/** The real values of computed tensors over all pictures, by name. @param only this tensor's; default: all */
function record(
  library: TfLiteLibrary,
  model: TfliteModel,
  inputs: Float32Array | Int8Array | Uint8Array,
  only?: string,
): Recording {
  const parts = new Map<string, Float32Array[]>();
  runGraph(library, model, inputs, (index, values) => {
    const { name, quantization } = model.tensors[index];
    if (only !== undefined && name !== only) return;
    const [scale, zeroPoint] = [quantization?.scales[0] ?? 1, quantization?.zeroPoints[0] ?? 0];
    const real = Float32Array.from(values, (value) => scale * (value - zeroPoint));
    parts.set(name, [...(parts.get(name) ?? []), real]);
  });
  return new Map([...parts].map(([name, list]) => [name, concatenated(list)]));
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function compare(
  exact: Float32Array = new Float32Array(),
  rounded: Float32Array = new Float32Array(),
): { readonly signal: number; readonly noise: number } {
  let [signal, noise] = [0, 0];
  exact.forEach((value, index) => {
    signal += value ** 2;
    noise += (value - rounded[index]) ** 2;
  });
  return { signal, noise };
}

/** The model's input for bytes of ink: ink 0 to 255 stands for 0 to 1. */
function quantizedPixels({ tensors, inputs }: TfliteModel, images: Uint8Array): Int8Array | Uint8Array {
  return tensors[inputs[0]].type === 'uint8' ? images : Int8Array.from(images, (ink) => ink - 128);
}
