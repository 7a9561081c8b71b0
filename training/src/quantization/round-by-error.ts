import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { bytesOf } from '../tflite/index.js';
import { InputCovariance } from './input-covariance.js';
import { floatsOf } from './quantize-model.js';
import type { QuantizedNetwork } from './quantized-network.js';
import { feedbackOf, roundWithFeedback } from './round-with-feedback.js';
import { runGraph } from './run-graph.js';
import { isWeighted, type WeightedOperator } from './weighted-operator.js';

/** Places of all pictures together at which the inputs of an operator are looked at. */
const MAX_PLACES = 16_384;

/**
 * The int8 graph with other weights: each is rounded up or down so that the sums of its operator change least for the pictures,
 * not to the nearest step. Scales, biases and the largest magnitude of a filter's weights stay; `correctBiases` takes the mean
 * change off afterwards.
 *
 * @param images as `quantizeNetwork` takes them
 * @throws InkError INK_QUANTIZE_FAILED where there are no pictures, or the last is not whole
 */
export function roundByError(
  library: TfLiteLibrary,
  { float, quantized }: QuantizedNetwork,
  images: Uint8Array,
): TfliteModel {
  const operators = float.operators.filter(isWeighted);
  const pictures = images.length / float.tensors[float.inputs[0]].shape.reduce((product, size) => product * size, 1);
  const seen = new Map(
    operators.map((operator) => [operator, new InputCovariance(float, operator, Math.ceil(MAX_PLACES / pictures))]),
  );
  for (const tensors of runGraph(library, float, images)) {
    for (const [operator, covariance] of seen) {
      const values = tensors.get(operator.inputs[0]);
      if (values !== undefined) covariance.add(values);
    }
  }
  const filters = new Map<string, Int8Array>();
  const byName = new Map(quantized.tensors.map((tensor) => [tensor.name, tensor]));
  for (const [operator, covariance] of seen) {
    const filter = float.tensors[operator.inputs[1]];
    const nearest = byName.get(filter.name);
    if (nearest !== undefined) filters.set(filter.name, roundFilter(operator, filter, nearest, covariance));
  }
  const tensors = quantized.tensors.map((tensor) => {
    const filter = filters.get(tensor.name);
    return filter === undefined ? tensor : { ...tensor, data: bytesOf(filter) };
  });
  return { ...quantized, tensors };
}

function roundFilter(
  operator: WeightedOperator,
  filter: TfliteTensor,
  { data = new Uint8Array(), quantization }: TfliteTensor,
  covariance: InputCovariance,
): Int8Array {
  const scales = quantization?.scales ?? Float32Array.of(1);
  const maxWeight = new Int8Array(data.slice().buffer).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const values = floatsOf(filter);
  const depthwise = operator.kind === 'depthwiseConv2d';
  const channels = filter.shape[depthwise ? 3 : 0];
  const size = values.length / channels;
  // Where a channel's weights are: every `channels`th one, or side by side.
  const at = (channel: number, index: number): number =>
    depthwise ? index * channels + channel : channel * size + index;
  const rounded = new Int8Array(values.length);
  let feedback = feedbackOf(covariance.of(0));
  for (let channel = 0; channel < channels; channel++) {
    if (depthwise && channel > 0) feedback = feedbackOf(covariance.of(channel));
    const scale = scales[scales.length === 1 ? 0 : channel];
    const steps = Float64Array.from({ length: size }, (_, index) => values[at(channel, index)] / scale);
    roundWithFeedback(steps, feedback, maxWeight).forEach((value, index) => {
      rounded[at(channel, index)] = value;
    });
  }
  return rounded;
}
