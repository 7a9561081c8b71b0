import { SPOT_CLASSES } from '@inkcast/shared/spots';
import { saveWeights } from '@inkcast/training/checkpoint';
import { createEngine, type Engine } from '@inkcast/training/engine';
import { initializeParameters, type Network, type Parameters } from '@inkcast/training/models';
import { trainingOptions } from '../training-options.js';
import { CutFeeder } from './cut-feeder.js';
import { CUT_SIDE } from './cut-size.js';
import { SPOTTER_CHANNELS, spotterNetwork } from './spotter-network.js';

/** Number of cuts per step. */
const BATCH = 32;
/** The highest learning rate. */
export const LEARNING_RATE = 0.003;
const WEIGHT_DECAY = 1e-4;
const FIRST_LOGIT = -4;
/** The classes of a spotter's map. */
const DIGITS = Array.from({ length: SPOT_CLASSES }, (_, digit) => String(digit));
/** Number of steps per report, which contains their mean. */
const REPORT_STEPS = 50;
/** Number of steps between two saves of the weights. */
const SAVE_STEPS = 500;

export interface SpotterTraining {
  /** Files of frames. */
  readonly frames: readonly string[];
  /** Kinds of frames that are left out of the training, for the choice of limits. */
  readonly leftOut: readonly string[];
  readonly steps: number;
  readonly seed: number;
  /** File of the weights. */
  readonly out: string;
  /** Weights to start from. */
  readonly start?: Parameters;
  readonly learningRate?: number;
  readonly threads?: number;
  readonly onReport: (report: SpotterReport) => void;
  /** Ends the training after the current step. The weights are kept. */
  readonly signal?: AbortSignal;
}

/** Losses since the last report. */
export interface SpotterReport {
  readonly step: number;
  readonly heat: number;
  readonly box: number;
  readonly seconds: number;
}

/** Trains a spotter on cuts of frames and writes the average of its weights. */
export async function trainSpotter(options: SpotterTraining): Promise<Network> {
  const { frames, leftOut, steps, seed, out, start, threads = 2, learningRate = LEARNING_RATE } = options;
  const network = spotterNetwork(SPOTTER_CHANNELS, CUT_SIDE);
  const feeder = new CutFeeder({ files: [...frames], leftOut: [...leftOut], count: BATCH, seed });
  const engine = createEngine({
    ...trainingOptions({ network, batchSize: BATCH, threads, seed, steps, learningRate, weightDecay: WEIGHT_DECAY }),
    loss: { kind: 'spots', classes: SPOT_CLASSES },
  });
  try {
    await engine.start();
    engine.loadParameters(start ?? firstWeights(network, seed));
    await feeder.start();
    await run(engine, feeder, options);
    await saveWeights(out, { network, parameters: engine.parameters('averaged'), labels: DIGITS });
  } finally {
    await Promise.all([engine.stop(), feeder.stop()]);
  }
  return network;
}

async function run(
  engine: Engine,
  feeder: CutFeeder,
  { steps, out, onReport, signal }: SpotterTraining,
): Promise<void> {
  const begun = performance.now();
  let [heat, box, since] = [0, 0, 0];
  for (let step = 1; step <= steps && signal?.aborted !== true; step++) {
    const { images, targets } = await feeder.next();
    const { parts } = await engine.trainStep({ images, targets, count: BATCH });
    heat += parts?.heat ?? 0;
    box += parts?.box ?? 0;
    since++;
    if (step % REPORT_STEPS === 0 || step === steps) {
      onReport({ step, heat: heat / since, box: box / since, seconds: (performance.now() - begun) / 1000 });
      [heat, box, since] = [0, 0, 0];
    }
    if (step % SAVE_STEPS === 0) {
      await saveWeights(out, { network: engine.network, parameters: engine.parameters('averaged'), labels: DIGITS });
    }
  }
}

/** Almost no cell has a centre, so the initial bias predicts "no centre" (Lin et al., "Focal Loss", 2017). */
function firstWeights(network: Network, seed: number): Parameters {
  const parameters = initializeParameters(network, seed);
  parameters.get('spots/bias')?.data.fill(FIRST_LOGIT, 0, SPOT_CLASSES);
  return parameters;
}
