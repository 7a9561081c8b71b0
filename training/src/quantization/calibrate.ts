import { InkError } from '@inkcast/shared/errors';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import type { TfliteModel } from '@inkcast/shared/tflite-file';
import type { Range } from './affine.js';
import { Histogram } from './histogram.js';
import { runGraph } from './run-graph.js';

/**
 * How a tensor's range follows from the values it took: all of them (`min-max`), all but a share of the outermost
 * (`percentile`), or the range whose quantization has the least squared error (`mse`).
 */
export type CalibrationMethod = 'min-max' | 'percentile' | 'mse';

export const CALIBRATION_METHODS: readonly CalibrationMethod[] = ['min-max', 'percentile', 'mse'];

/** Share of the values that `percentile` keeps. */
const KEPT_SHARE = 0.9999;

/**
 * Runs the float32 graph over pictures in TensorFlow Lite and tells the range of every input and computed tensor.
 *
 * @param images ink from 0 to 255, one picture after the other
 * @throws InkError INK_QUANTIZE_FAILED where there are no pictures
 */
export function calibrate(
  library: TfLiteLibrary,
  model: TfliteModel,
  images: Uint8Array,
  method: CalibrationMethod,
): ReadonlyMap<number, Range> {
  if (images.length === 0) throw new InkError('INK_QUANTIZE_FAILED', 'There is no picture to calibrate with.');
  const pixels = Float32Array.from(images, (value) => value / 255);
  const ranges = new Map<number, Range>();
  runGraph(library, model, pixels, (tensor, values) => {
    let { min, max } = ranges.get(tensor) ?? { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    ranges.set(tensor, { min, max });
  });
  if (method === 'min-max') return ranges;
  const histograms = new Map([...ranges].map(([tensor, range]) => [tensor, new Histogram(range)]));
  runGraph(library, model, pixels, (tensor, values) => histograms.get(tensor)?.add(values));
  return new Map(
    [...histograms].map(([tensor, histogram]) => [
      tensor,
      method === 'percentile' ? histogram.percentile(KEPT_SHARE) : histogram.leastSquaredError(),
    ]),
  );
}
