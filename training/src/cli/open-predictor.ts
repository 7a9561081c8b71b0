import { type Predictor, startNetworkPredictor, startTflitePredictor } from '../evaluation/index.js';
import { isBundle, openTrained } from '../trainer/index.js';
import { type EngineArguments, threadsOption } from './engine-options.js';
import { openModelFile } from './open-model-file.js';

/**
 * Opens the model at `path`: a bundle (its int8 file in TensorFlow Lite), a .tflite file, or the float weights of a run
 * folder or of a .safetensors file.
 */
export async function openPredictor(path: string, engine: EngineArguments): Promise<Predictor> {
  if (path.endsWith('.tflite') || (await isBundle(path))) return startTflitePredictor(await openModelFile(path));
  return startNetworkPredictor(await openTrained(path), { backend: engine.backend, ...threadsOption(engine) });
}
