import { InkError } from '@inkcast/shared/errors';
import type { TrainedNetwork } from '../checkpoint/portable/index.js';
import { type Dataset, pictureSize, subset } from '../data/portable/index.js';
import {
  atTemperature,
  calibrationError,
  fitTemperature,
  type Predictor,
  predictAll,
  type Score,
  scorePredictions,
  type TfliteSource,
} from '../evaluation/portable/index.js';
import type { LayerReport, NetworkQuantization, QuantizedNetwork } from '../quantization/index.js';
import { Random } from '../random/index.js';
import type { QuantizedModel } from './bundle-content.js';
import { describeTensor } from './describe-tensor.js';
import { type ModelIdentity, modelFile } from './model-file.js';
import type { FinishedRun } from './open-run.js';

/** Number of pictures for the report on the layers: enough that no single picture decides the result. */
export const REPORT_IMAGES = 64;

export interface RunQuantization extends Omit<ModelIdentity, 'labels'>, NetworkQuantization {
  /** Training pictures to calibrate on, drawn by the run's seed. */
  readonly images: number;
}

/** What runs models on this platform, as quantizing needs it. */
export interface QuantizationTools {
  /**
   * Quantizes a network by the values of its tensors for pictures.
   *
   * @param images as `quantizeNetwork` takes them
   * @throws InkError INK_QUANTIZE_FAILED, INK_TFLITE_UNSUPPORTED
   */
  quantize(
    trained: Pick<TrainedNetwork, 'network' | 'parameters'>,
    images: Uint8Array,
    settings: NetworkQuantization,
  ): Promise<QuantizedNetwork>;
  /** What quantization did to each operator; empty where the platform cannot tell. */
  reportLayers(network: QuantizedNetwork, images: Uint8Array): readonly LayerReport[];
  /** Runs an int8 model, until `close`. */
  startPredictor(source: TfliteSource): Predictor;
}

/** The int8 model of a run, and its score on the run's test pictures. */
export interface ScoredModel {
  readonly quantized: QuantizedModel;
  readonly score: Score;
}

/**
 * Quantizes a run's network, fits a temperature if the run has validation pictures, and scores the int8 model.
 *
 * @throws InkError INK_QUANTIZE_FAILED
 */
export async function quantizeWith(
  tools: QuantizationTools,
  run: FinishedRun,
  { name, version, images, ...settings }: RunQuantization,
): Promise<ScoredModel> {
  const { trained, train, recipe } = run;
  const { labels } = trained;
  const sample = samplePictures(train, images, recipe.seed);
  const network = await tools.quantize(trained, sample.images, settings);
  const { quantized: graph } = network;
  const model = modelFile(graph, { name, version, labels });
  const predictor = tools.startPredictor({ name, model, labels });
  try {
    const { score, ...confidence } = await scoreConfidence(predictor, run);
    const quantized = {
      model,
      input: describeTensor(graph, graph.inputs[0]),
      output: describeTensor(graph, graph.outputs[0]),
      calibration: { method: describeQuantization(settings), images: sample.labels.length },
      layers: tools.reportLayers(network, sample.images.subarray(0, REPORT_IMAGES * pictureSize(sample.shape))),
      ...confidence,
    };
    return { quantized, score };
  } finally {
    await predictor.close();
  }
}

/** What the manifest says of the settings. */
function describeQuantization({ method, maxWeight, roundsByError, correctsBiases }: NetworkQuantization): string {
  const more = [
    ...(maxWeight === undefined ? [] : [`weights up to ${maxWeight}`]),
    ...(roundsByError ? ['rounded by error'] : []),
    ...(correctsBiases ? ['biases corrected'] : []),
  ];
  return [method, ...more].join(', ');
}

async function scoreConfidence(
  predictor: Predictor,
  { validation, test }: FinishedRun,
): Promise<Pick<QuantizedModel, 'temperature' | 'expectedCalibrationError'> & { readonly score: Score }> {
  const temperature = validation === undefined ? 1 : fitTemperature(await predictAll(predictor, validation));
  const said = await predictAll(predictor, test);
  const [before, after] = [1, temperature].map((at) => calibrationError(atTemperature(said, at)).expected);
  return { score: scorePredictions(said, predictor.labels), temperature, expectedCalibrationError: { before, after } };
}

function samplePictures(dataset: Dataset, count: number, seed: number): Dataset {
  if (!Number.isInteger(count) || count < 1) {
    throw new InkError('INK_USAGE', `--images must be a whole number above 0, not ${count}.`);
  }
  const order = Uint32Array.from(dataset.labels, (_, index) => index);
  new Random(seed).shuffle(order);
  return subset(dataset, order.subarray(0, count));
}
