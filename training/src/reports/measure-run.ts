import { openTfLite } from '@inkcast/shared/tflite';
import { type FinishedRun, quantizeRun } from '../bundle/index.js';
import { encodeWeights } from '../checkpoint/index.js';
import { type Dataset, pictureAt } from '../data/index.js';
import type { Backend } from '../engine/index.js';
import {
  predictAll,
  type Score,
  scorePredictions,
  startNetworkPredictor,
  startTflitePredictor,
} from '../evaluation/index.js';
import type { LayerReport } from '../quantization/index.js';
import { type Mistake, worstMistakes } from './mistakes.js';

/** Mistakes with a picture in the report. */
const MAX_MISTAKES = 48;
/** As `inkcast-train quantize` does unless told otherwise. */
const CALIBRATION_IMAGES = 1000;
/** Pictures for the latency, after some that fill the caches. */
const TIMED_IMAGES = 200;
const WARM_UP_IMAGES = 20;

/** What is measured of a finished run on its test pictures. */
export interface RunMeasurement {
  readonly float: Score;
  readonly int8: Score;
  /** Of the float network, the worst first. */
  readonly mistakes: readonly Mistake[];
  readonly layers: readonly LayerReport[];
  readonly bytes: { readonly weights: number; readonly model: number };
  /** Time for one picture, in milliseconds, of the int8 model in TensorFlow Lite on one thread of this machine. */
  readonly latencyMs: { readonly median: number; readonly p95: number };
}

/**
 * Measures a run: predicts its test pictures in float, quantizes it as `inkcast-train quantize` does, and times the result.
 *
 * @throws InkError INK_QUANTIZE_FAILED, or an error of TensorFlow Lite
 */
export async function measureRun(
  run: FinishedRun,
  engine: { readonly backend: Backend; readonly threads?: number },
): Promise<RunMeasurement> {
  const { trained, test } = run;
  const { labels } = trained;
  const network = await startNetworkPredictor(trained, engine);
  const predictions = await predictAll(network, test).finally(() => network.close());
  const library = openTfLite();
  const { quantized, score } = await quantizeRun(library, run, {
    name: trained.network.name,
    version: '1.0.0',
    method: 'min-max',
    images: CALIBRATION_IMAGES,
    interfaceType: 'int8',
  }).finally(() => library.close());
  return {
    float: scorePredictions(predictions, labels),
    int8: score,
    mistakes: await worstMistakes(test, predictions, labels, MAX_MISTAKES),
    layers: quantized.layers,
    bytes: { weights: encodeWeights(trained).length, model: quantized.model.length },
    latencyMs: await latencyOf(quantized.model, labels, test),
  };
}

async function latencyOf(
  model: Uint8Array,
  labels: readonly string[],
  test: Dataset,
): Promise<RunMeasurement['latencyMs']> {
  const predictor = startTflitePredictor({ name: 'model', model, labels });
  try {
    const times: number[] = [];
    for (let index = 0; index < WARM_UP_IMAGES + TIMED_IMAGES; index++) {
      const picture = pictureAt(test, index % test.labels.length);
      const begin = performance.now();
      await predictor.predict(picture, 1);
      if (index >= WARM_UP_IMAGES) times.push(performance.now() - begin);
    }
    times.sort((one, other) => one - other);
    const at = (share: number): number => times[Math.floor(share * times.length)];
    return { median: at(0.5), p95: at(0.95) };
  } finally {
    await predictor.close();
  }
}
