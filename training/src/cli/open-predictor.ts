import { type Bundle, bundleGraph, openBundle } from '@inkcast/shared/bundle';
import { readWholeFile } from '@inkcast/shared/files';
import { DIGIT_CLASSES } from '../data/index.js';
import { type Predictor, startNetworkPredictor, startTflitePredictor } from '../evaluation/index.js';
import { isBundle, openTrained } from '../trainer/index.js';
import { type EngineArguments, threadsOption } from './engine-options.js';

/**
 * The model that a person names: a bundle (its int8 file in TensorFlow Lite), a .tflite file of the ten digits, or the
 * float weights of a run folder or of a .safetensors file.
 */
export async function openPredictor(path: string, engine: EngineArguments): Promise<Predictor> {
  if (path.endsWith('.tflite')) {
    return startTflitePredictor({ name: path, model: await readWholeFile(path), labels: DIGIT_CLASSES });
  }
  if (await isBundle(path)) return openBundlePredictor(await openBundle(path));
  return startNetworkPredictor(await openTrained(path), { backend: engine.backend, ...threadsOption(engine) });
}

function openBundlePredictor(bundle: Bundle): Predictor {
  bundleGraph(bundle);
  const { name, version, labels } = bundle.manifest;
  return startTflitePredictor({ name: `${name}@${version}`, model: bundle.model, labels });
}
