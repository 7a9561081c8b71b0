import { type Predictor, startNetworkPredictor } from '../evaluation/index.js';
import { openTrained } from '../trainer/index.js';
import { type EngineArguments, threadsOption } from './engine-options.js';

/**
 * The model that a person names: a bundle (its int8 file in TensorFlow Lite), or the float weights of a run folder or
 * of a .safetensors file.
 */
export async function openPredictor(path: string, engine: EngineArguments): Promise<Predictor> {
  const trained = await openTrained(path);
  return startNetworkPredictor(trained, { backend: engine.backend, ...threadsOption(engine) });
}
