import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { startTflitePredictor } from '../evaluation/index.js';
import { quantizeNetwork, reportLayers } from '../quantization/index.js';
import type { FinishedRun } from './open-run.js';
import { type QuantizationTools, quantizeWith, type RunQuantization, type ScoredModel } from './quantize-with.js';

/** TensorFlow Lite as what runs models. The caller closes the library. */
export const tfliteTools = (library: TfLiteLibrary): QuantizationTools => ({
  quantize: async (trained, images, settings) => quantizeNetwork(library, trained, images, settings),
  reportLayers: (network, images) => reportLayers(library, network, images),
  startPredictor: (source) => startTflitePredictor(source),
});

/**
 * Quantizes a run's network in TensorFlow Lite, see `quantizeWith`.
 *
 * @throws InkError INK_QUANTIZE_FAILED
 */
export const quantizeRun = (
  library: TfLiteLibrary,
  run: FinishedRun,
  settings: RunQuantization,
): Promise<ScoredModel> => quantizeWith(tfliteTools(library), run, settings);
