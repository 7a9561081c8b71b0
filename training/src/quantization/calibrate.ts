import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import type { Range } from './affine.js';
import { Histogram } from './histogram.js';
import { runGraph } from './run-graph.js';
import { widen } from './widen.js';

/**
 * The choice of a tensor's range: all values (`min-max`), all but a share of the outermost values (`percentile`), or the
 * range whose quantization has the smallest squared error (`mse`).
 */
export type CalibrationMethod = 'min-max' | 'percentile' | 'mse';

export const CALIBRATION_METHODS: readonly CalibrationMethod[] = ['min-max', 'percentile', 'mse'];

/** Share of the values that `percentile` keeps. */
const KEPT_SHARE = 0.9999;

/**
 * Runs the float32 graph over pictures in TensorFlow Lite and tells the range of every input and computed tensor.
 *
 * @param images bytes 0 to 255 that stand for 0 to 1, height x width x channels a picture, one after the other
 * @throws InkError INK_QUANTIZE_FAILED where there are no pictures, or the last is not whole
 */
export function calibrate(
  library: TfLiteLibrary,
  model: TfliteModel,
  images: Uint8Array,
  method: CalibrationMethod,
): ReadonlyMap<number, Range> {
  const ranges = new Map<number, Range>();
  for (const tensors of runGraph(library, model, images)) {
    for (const [tensor, values] of tensors) widen(ranges, tensor, values);
  }
  if (method === 'min-max') return ranges;
  const histograms = new Map([...ranges].map(([tensor, range]) => [tensor, new Histogram(range)]));
  for (const tensors of runGraph(library, model, images)) {
    for (const [tensor, values] of tensors) histograms.get(tensor)?.add(values);
  }
  return new Map(
    [...histograms].map(([tensor, histogram]) => [
      tensor,
      method === 'percentile' ? histogram.percentile(KEPT_SHARE) : histogram.leastSquaredError(),
    ]),
  );
}
