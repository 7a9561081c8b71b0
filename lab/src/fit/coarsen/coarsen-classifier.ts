import { type Bundle, type Manifest, MODEL_FILE } from '@inkcast/shared/bundle';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { readTflite } from '@inkcast/shared/tflite-file';
import { figures, LAYERS_FILE, layersContent, modelFile, REPORT_IMAGES } from '@inkcast/training/bundle';
import { pictureSize, readMnistTest } from '@inkcast/training/data';
import {
  atTemperature,
  calibrationError,
  predictAll,
  scorePredictions,
  startTflitePredictor,
} from '@inkcast/training/evaluation';
import { reportLayers, requantize } from '@inkcast/training/quantization';
import { replayOf } from '@inkcast/training/replay';

interface ClassifierCoarsening {
  readonly maxWeight: number;
  /** Both are changed. */
  readonly manifest: Omit<Manifest, 'files'>;
  readonly files: Map<string, Uint8Array>;
}

/**
 * Gives the classifier of a bundle coarser weights. It is calibrated on the pictures that it rehearses, and measured anew on MNIST's
 * test pictures. Its temperature stays.
 */
export async function coarsenClassifier(
  library: TfLiteLibrary,
  bundle: Bundle,
  { maxWeight, manifest, files }: ClassifierCoarsening,
): Promise<void> {
  const { name, version, labels } = manifest;
  const { images, shape } = replayOf(bundle).learn;
  const network = requantize(library, readTflite(bundle.model), images, { maxWeight });
  const model = modelFile(network.quantized, { name, version, labels });
  files.set(MODEL_FILE, model);
  const layers = reportLayers(library, network, images.subarray(0, REPORT_IMAGES * pictureSize(shape)));
  files.set(LAYERS_FILE, layersContent(layers));
  const { method } = manifest.calibration;
  manifest.calibration = { ...manifest.calibration, method: `${method}, weights up to ${maxWeight}, rounded by error` };
  const predictor = startTflitePredictor({ name, model, labels });
  const said = await predictAll(predictor, await readMnistTest()).finally(() => predictor.close());
  manifest.metrics.int8 = figures(scorePredictions(said, labels));
  const [before, after] = [1, manifest.temperature].map((at) => calibrationError(atTemperature(said, at)).expected);
  manifest.expectedCalibrationError = { before, after };
}
