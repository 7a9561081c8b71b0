import { InkError } from '@inkcast/shared/errors';
import { classCounts, type Dataset } from '../data/index.js';
import type { CrossEntropyOptions, EngineOptions, Schedule } from '../engine/index.js';
import type { Recipe } from './recipe-schema.js';

/** The engine options of a recipe, for a data set of this size. */
export function recipeEngineOptions(
  recipe: Recipe,
  train: Dataset,
): Omit<EngineOptions, 'network' | 'backend' | 'threads'> & {
  readonly schedule: Schedule;
  readonly loss: CrossEntropyOptions;
} {
  const stepsPerEpoch = Math.ceil(train.labels.length / recipe.batchSize);
  return {
    batchSize: recipe.batchSize,
    optimizer: recipe.optimizer,
    schedule: scheduleInSteps(recipe, stepsPerEpoch),
    loss: lossOptions(recipe, train),
    frozen: recipe.frozen,
    seed: recipe.seed,
    ...(recipe.clipNorm === undefined ? {} : { clipNorm: recipe.clipNorm }),
    ...(recipe.averageDecay === undefined ? {} : { averageDecay: recipe.averageDecay }),
  };
}

function scheduleInSteps({ schedule, learningRate, epochs }: Recipe, stepsPerEpoch: number): Schedule {
  switch (schedule.kind) {
    case 'constant':
      return { kind: 'constant', learningRate };
    case 'step': {
      const every = Math.max(1, Math.round(schedule.everyEpochs * stepsPerEpoch));
      return { kind: 'step', learningRate, every, factor: schedule.factor };
    }
    case 'cosine':
      return {
        kind: 'cosine',
        learningRate,
        warmup: Math.round(schedule.warmupEpochs * stepsPerEpoch),
        total: epochs * stepsPerEpoch,
        final: learningRate * schedule.finalShare,
      };
  }
}

function lossOptions({ loss, distillation }: Recipe, train: Dataset): CrossEntropyOptions {
  const { share, temperature } = distillation ?? {};
  const soft = share === undefined || temperature === undefined ? {} : { distillation: { share, temperature } };
  return { ...soft, ...hardLossOptions(loss, train) };
}

function hardLossOptions({ labelSmoothing, classWeights }: Recipe['loss'], train: Dataset): CrossEntropyOptions {
  if (classWeights === undefined) return { labelSmoothing };
  if (classWeights !== 'balanced') return { labelSmoothing, classWeights };
  const counts = classCounts(train);
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new InkError(
      'INK_DATASET_INVALID',
      `Class "${train.classes[empty]}" has no pictures, so the classes cannot be balanced.`,
    );
  }
  return { labelSmoothing, classWeights: counts.map((count) => train.labels.length / (counts.length * count)) };
}
