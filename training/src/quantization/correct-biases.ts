import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { bytesOf, GraphBuilder } from '../tflite/index.js';
import { roundAway } from './affine.js';
import { dequantized } from './dequantized.js';
import type { QuantizedNetwork } from './quantized-network.js';
import { runGraph } from './run-graph.js';
import { isWeighted } from './weighted-operator.js';

/**
 * The int8 graph without the shift that rounded weights give the mean of each output channel. The sums of an operator change
 * by (rounded weights - weights) * inputs; the mean of this over pictures and places is taken off the int32 bias (Nagel et
 * al., "Data-Free Quantization Through Weight Equalization and Bias Correction", 2019, section 4.2, with measured inputs).
 *
 * @param images as `quantizeNetwork` takes them
 * @throws InkError INK_QUANTIZE_FAILED where there are no pictures, or the last is not whole
 */
export function correctBiases(
  library: TfLiteLibrary,
  { float, quantized }: QuantizedNetwork,
  images: Uint8Array,
): TfliteModel {
  const shifts = measureShifts(
    library,
    float,
    new Map(quantized.tensors.map((tensor) => [tensor.name, tensor])),
    images,
  );
  const tensors = [...quantized.tensors];
  for (const { inputs } of quantized.operators.filter(isWeighted)) {
    const [, filter, bias] = inputs;
    const shift = shifts.get(tensors[filter].name);
    if (shift !== undefined) tensors[bias] = withoutShift(tensors[bias], shift);
  }
  return { ...quantized, tensors };
}

/** By the name of an operator's filter: the mean change of its sums, for each output channel. */
function measureShifts(
  library: TfLiteLibrary,
  float: TfliteModel,
  quantized: ReadonlyMap<string, TfliteTensor>,
  images: Uint8Array,
): ReadonlyMap<string, Float64Array> {
  const { probed, probes } = withProbes(float, quantized);
  const sums = new Map([...probes].map(([probe, { channels }]) => [probe, new Float64Array(channels)]));
  const counts = new Map<number, number>();
  for (const tensors of runGraph(library, probed, images)) {
    for (const [probe, sum] of sums) {
      const values = tensors.get(probe) ?? [];
      values.forEach((value, index) => {
        sum[index % sum.length] += value;
      });
      counts.set(probe, (counts.get(probe) ?? 0) + values.length / sum.length);
    }
  }
  return new Map(
    [...probes].map(([probe, { filter }]) => [
      filter,
      (sums.get(probe) ?? new Float64Array()).map((sum) => sum / (counts.get(probe) ?? 1)),
    ]),
  );
}

interface Probe {
  /** The name of the filter whose rounding it measures. */
  readonly filter: string;
  readonly channels: number;
}

/** The float graph with a second operator beside each weighted one, which has what rounding adds to the weights. */
function withProbes(
  float: TfliteModel,
  quantized: ReadonlyMap<string, TfliteTensor>,
): { readonly probed: TfliteModel; readonly probes: ReadonlyMap<number, Probe> } {
  const graph = new GraphBuilder();
  const probes = new Map<number, Probe>();
  for (const tensor of float.tensors) graph.tensor(tensor);
  for (const operator of float.operators) {
    graph.operator(operator);
    if (!isWeighted(operator)) continue;
    const [input, filterAt] = operator.inputs;
    const filter = float.tensors[filterAt];
    const rounded = quantized.get(filter.name);
    if (rounded === undefined) continue;
    const output = float.tensors[operator.outputs[0]];
    const channels = output.shape[output.shape.length - 1];
    const added = graph.tensor(difference(dequantized(rounded, filter), filter));
    const zeros = graph.floats(`${filter.name}/no-bias`, [channels], new Float32Array(channels));
    const probe = graph.tensor({ ...output, name: `${output.name}/shift` });
    graph.operator({ ...operator, activation: 'none', inputs: [input, added, zeros], outputs: [probe] });
    probes.set(probe, { filter: filter.name, channels });
  }
  return { probed: graph.build({ ...float, signatures: [], metadata: new Map() }), probes };
}

function difference(rounded: TfliteTensor, exact: TfliteTensor): TfliteTensor {
  const [from, to] = [exact, rounded].map(({ data = new Uint8Array() }) => new Float32Array(data.slice().buffer));
  return { ...exact, name: `${exact.name}/rounding`, data: bytesOf(to.map((value, index) => value - from[index])) };
}

function withoutShift(bias: TfliteTensor, shift: Float64Array): TfliteTensor {
  const { data = new Uint8Array(), quantization } = bias;
  const scales = quantization?.scales ?? new Float32Array([1]);
  const values = new Int32Array(data.slice().buffer).map((value, channel) => {
    const scale = scales[scales.length === 1 ? 0 : channel];
    return value - roundAway(shift[channel] / scale);
  });
  return { ...bias, data: bytesOf(values) };
}
