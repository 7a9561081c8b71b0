import type { LearnTask } from '@inkcast/shared/teaching';
import type { TrainedNetwork } from '@inkcast/training/checkpoint/portable';
import type { AugmentationStep, Dataset } from '@inkcast/training/data/portable';
import type { Schedule } from '@inkcast/training/engine/portable';
import { parameterSpecs } from '@inkcast/training/models';
import { layersToFreeze, transferTo } from '@inkcast/training/trainer/portable';
import type { LearningTools } from '../tools/index.js';

/** How the last layers are trained, and how much of it counts (docs/decisions/120). */
export interface Tuning {
  /** Layers with weights, from the end: the last convolution, its normalisation, and the output layer. */
  readonly layers: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly weightDecay: number;
  readonly augmentation: readonly AugmentationStep[];
  /** Of the network's own training; default none. */
  readonly labelSmoothing?: number;
  /** Weight of the trained weights against the base's. */
  readonly share: number;
}

const COMMON = { layers: 3, batchSize: 64, weightDecay: 0.01 };

/** For the classes that the network knows. */
export const REHEARSED_TUNING: Tuning = { ...COMMON, learningRate: 0.001, epochs: 8, augmentation: [], share: 0.5 };

/** For the verifier (docs/decisions/130). */
export const VERIFIER_TUNING: Tuning = { ...REHEARSED_TUNING, epochs: 16, labelSmoothing: 0.02, share: 0.7 };

/** For other classes: a new output layer has more to learn, of few pictures. */
export const TRANSFER_TUNING: Tuning = {
  ...COMMON,
  learningRate: 0.002,
  epochs: 24,
  // A new output layer has nothing to be averaged with.
  share: 1,
  augmentation: [
    { kind: 'rotation', degrees: 8, probability: 1 },
    { kind: 'zoom', share: 0.08, probability: 1 },
    { kind: 'shift', share: 0.05, probability: 1 },
    { kind: 'shear', degrees: 6, probability: 1 },
  ],
};

/** @param tuning with its usual number of epochs, which the task may set */
export const tuningFor = ({ epochs }: Pick<LearnTask, 'epochs'>, tuning: Tuning): Tuning =>
  epochs === undefined ? tuning : { ...tuning, epochs };

/** How a candidate's weights were made; the seed draws the order and the augmentation. */
export const recipeOf = ({ seed }: Pick<LearnTask, 'seed'>, tuning: Tuning) => ({ ...tuning, seed });

/** Share of the learning rate at the end of its cosine. */
const FINAL_SHARE = 0.02;
const WARMUP_STEPS = 5;

export interface TuneOptions {
  readonly tuning: Tuning;
  readonly seed: number;
  readonly threads: number | undefined;
  /** The means of the epoch so far, after each step. `done` is the share of all steps. */
  readonly onStep: (progress: TuneProgress) => void;
  readonly signal: AbortSignal;
}

export interface TuneProgress {
  readonly done: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly accuracy: number;
}

/**
 * Trains the last layers of a network on pictures. With other classes than its own it gets a new output layer.
 *
 * @throws InkError INK_TRAINING_DIVERGED, INK_ENGINE_FAILED; what `signal` is aborted with
 */
export async function tune(
  tools: Pick<LearningTools, 'createEngine' | 'loadBatches'>,
  base: TrainedNetwork,
  train: Dataset,
  options: TuneOptions,
): Promise<TrainedNetwork> {
  const { seed, threads, tuning, signal } = options;
  const { epochs, batchSize } = tuning;
  const { network, parameters } = transferTo(base, train.classes);
  const loader = tools.loadBatches({
    dataset: train,
    batchSize,
    seed,
    augmentation: tuning.augmentation,
  });
  const weighted = new Set(parameterSpecs(network).map(({ layer }) => layer));
  const engine = tools.createEngine({
    network,
    backend: 'wasm',
    ...(threads === undefined ? {} : { threads }),
    batchSize,
    seed,
    loss: { labelSmoothing: tuning.labelSmoothing ?? 0 },
    frozen: layersToFreeze(network, [], weighted.size - tuning.layers),
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: tuning.weightDecay },
    schedule: scheduleFor(tuning, epochs * loader.stepsPerEpoch),
  });
  try {
    await engine.start();
    await loader.start();
    engine.loadParameters(new Map([...engine.parameters(), ...parameters]));
    for (let epoch = 0; epoch < epochs; epoch++) {
      const means = { loss: 0, correct: 0, count: 0, steps: 0 };
      for await (const batch of loader.epoch(epoch)) {
        signal.throwIfAborted();
        const { loss, correct } = await engine.trainStep(batch);
        means.loss += loss * batch.count;
        means.correct += correct;
        means.count += batch.count;
        means.steps++;
        options.onStep({
          done: (epoch + means.steps / loader.stepsPerEpoch) / epochs,
          epoch: epoch + 1,
          epochs,
          loss: means.loss / means.count,
          accuracy: means.correct / means.count,
        });
      }
    }
    return { network, parameters: engine.parameters(), labels: train.classes };
  } finally {
    await loader.stop();
    await engine.stop();
  }
}

const scheduleFor = ({ learningRate }: Tuning, total: number): Schedule => ({
  kind: 'cosine',
  learningRate,
  warmup: WARMUP_STEPS,
  total,
  final: learningRate * FINAL_SHARE,
});
