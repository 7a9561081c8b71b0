import type { TrainedNetwork } from '../checkpoint/index.js';
import { type Backend, createEngine, type Engine } from '../engine/index.js';
import { EnginePredictor, startEnginePredictor, startWith } from './engine-predictor.js';
import type { Predictor, RangedPredictors } from './predictor.js';

const BATCH = 100;

interface EngineChoice {
  readonly backend: Backend;
  readonly threads?: number;
}

/** Runs a trained network in a separate engine, until `close`. */
export async function startNetworkPredictor(trained: TrainedNetwork, options: EngineChoice): Promise<Predictor> {
  return startEnginePredictor(engineFor(trained, options), trained);
}

/** Runs a trained network on pictures with different values for no ink and full ink, until `close`. */
export async function startRangedPredictors(trained: TrainedNetwork, options: EngineChoice): Promise<RangedPredictors> {
  const engine = engineFor(trained, options);
  await startWith(engine, trained);
  return {
    of: (range) => new EnginePredictor(engine, trained.labels, { range }),
    close: () => engine.stop(),
  };
}

const engineFor = ({ network }: TrainedNetwork, options: EngineChoice): Engine =>
  createEngine({ ...options, network, batchSize: BATCH, seed: 0 });
