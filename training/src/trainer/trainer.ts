import { availableParallelism } from 'node:os';
import { type Checkpoint, type EpochRecord, type TrainedNetwork, weightsHash } from '../checkpoint/index.js';
import { BatchLoader, type Dataset } from '../data/index.js';
import {
  type Backend,
  createEngine,
  type Engine,
  learningRateAt,
  type Schedule,
  type Weights,
} from '../engine/index.js';
import { EnginePredictor, evaluate, type Score } from '../evaluation/index.js';
import { networkCost } from '../models/index.js';
import { recipeEngineOptions } from '../recipe/index.js';
import { bestEpoch, shouldStop, type WatchedMetric } from './early-stopping.js';
import type { PreparedRun } from './prepared-run.js';
import type { RunFolder } from './run-folder.js';
import type { RunSummary } from './run-summary.js';
import { epochStart, RunningEpoch } from './running-epoch.js';
import { Teachers } from './teachers.js';
import type { TrainingObserver } from './training-observer.js';

export interface TrainerOptions {
  readonly run: PreparedRun;
  readonly folder: RunFolder;
  readonly backend: Backend;
  /** Default: one per core. The weights do not depend on it. */
  readonly threads?: number;
  readonly observer: TrainingObserver;
  /** The checkpoint to continue from; default: the beginning. */
  readonly resumeFrom?: Checkpoint;
  /** Where the soft labels of teachers are kept for other runs; default: nowhere. */
  readonly softLabels?: string;
  /** Stop with a checkpoint after this number of epochs; default: at the end of the run. */
  readonly untilEpoch?: number;
  /** Versions of the software, for the summary. */
  readonly madeWith: Readonly<Record<string, string>>;
}

/** The outcome of `Trainer.run`: a result, or a stop with a checkpoint. */
export type TrainingOutcome =
  | { readonly kind: 'finished'; readonly summary: RunSummary }
  | { readonly kind: 'stopped'; readonly epoch: number; readonly step: number };

/**
 * Runs a recipe from its beginning, or from a checkpoint, to its end. It writes a checkpoint and the history after every
 * epoch. A run that was stopped at any point and resumed gives the same weights as a run without interruption.
 */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #engine: Engine;
  readonly #loader: BatchLoader;
  readonly #teachers: Teachers | undefined;
  readonly #schedule: Schedule;
  /** The weights for validation and result. */
  readonly #weights: Weights;
  #history: readonly EpochRecord[] = [];

  constructor(options: TrainerOptions) {
    const { recipe, train, network } = options.run;
    const { batchSize, seed, augmentation } = recipe;
    const engineOptions = recipeEngineOptions(recipe, train);
    this.#options = options;
    this.#schedule = engineOptions.schedule;
    this.#weights = recipe.averageDecay === undefined ? 'current' : 'averaged';
    const { backend, threads = availableParallelism() } = options;
    this.#engine = createEngine({ ...engineOptions, network, backend, threads });
    const { teachers } = options.run;
    this.#teachers =
      teachers.length === 0
        ? undefined
        : new Teachers({ teachers, recipe, train, backend, threads, cache: options.softLabels });
    this.#loader = new BatchLoader({ dataset: train, batchSize, seed, augmentation });
  }

  /**
   * @param signal stops the run after the current step, with a checkpoint
   * @throws InkError INK_TRAINING_DIVERGED, INK_FILE_UNWRITABLE; the last checkpoint is then unchanged
   */
  async run(signal: AbortSignal): Promise<TrainingOutcome> {
    try {
      await this.#engine.start();
      await this.#teachers?.start();
      await this.#loader.start();
      return await this.#train(signal);
    } finally {
      await this.#loader.stop();
      await this.#teachers?.stop();
      await this.#engine.stop();
    }
  }

  async #train(signal: AbortSignal): Promise<TrainingOutcome> {
    const { run, folder, observer, untilEpoch = Number.POSITIVE_INFINITY } = this.#options;
    let position = this.#begin();
    while (position.epoch < run.recipe.epochs && !this.#stopsEarly()) {
      if (position.epoch >= untilEpoch) return { kind: 'stopped', epoch: position.epoch, step: 0 };
      const running = new RunningEpoch(position);
      const whole = !signal.aborted && (await this.#epoch(position.epoch, running, signal));
      if (!whole) {
        if (running.stepInEpoch > 0) await this.#save(running.position());
        return { kind: 'stopped', epoch: position.epoch + 1, step: running.stepInEpoch };
      }
      const record = await this.#record(position.epoch + 1, running);
      this.#history = [...this.#history, record];
      if (run.recipe.keep === 'best' && bestEpoch(this.#history, this.#metric) === position.epoch) {
        // The history comes before the checkpoint: a run that is killed between them repeats the epoch and writes the same.
        await folder.saveBest(this.#trained());
      }
      position = epochStart(position.epoch + 1);
      await this.#save(position);
      await folder.saveHistory(this.#history);
      observer.epoch(record);
    }
    return { kind: 'finished', summary: await this.#finish() };
  }

  get #metric(): WatchedMetric {
    return this.#options.run.recipe.earlyStopping?.metric ?? 'accuracy';
  }

  #stopsEarly(): boolean {
    const { earlyStopping } = this.#options.run.recipe;
    return earlyStopping !== undefined && shouldStop(this.#history, earlyStopping.metric, earlyStopping.patience);
  }

  #begin() {
    const { resumeFrom, run } = this.#options;
    if (resumeFrom !== undefined) {
      this.#engine.loadState(resumeFrom.state);
      this.#history = resumeFrom.history;
      return resumeFrom.position;
    }
    if (run.start.size > 0) {
      this.#engine.loadParameters(new Map([...this.#engine.parameters(), ...run.start]));
    }
    return epochStart(0);
  }

  /** Whether the epoch came to its end. */
  async #epoch(epoch: number, running: RunningEpoch, signal: AbortSignal): Promise<boolean> {
    const { epochs } = this.#options.run.recipe;
    const steps = this.#loader.stepsPerEpoch;
    for await (const batch of this.#loader.epoch(epoch, running.stepInEpoch)) {
      const softLabels = await this.#teachers?.softLabels(batch, epoch, running.stepInEpoch);
      const taught = softLabels === undefined ? batch : { ...batch, softLabels };
      running.add(await this.#engine.trainStep(taught), batch.count);
      this.#options.observer.step({
        epoch: epoch + 1,
        epochs,
        step: running.stepInEpoch,
        steps,
        loss: running.loss,
        accuracy: running.accuracy,
        imagesPerSecond: running.imagesPerSecond,
        secondsPerStep: running.secondsPerStep,
      });
      if (signal.aborted && running.stepInEpoch < steps) return false;
    }
    return true;
  }

  async #record(epoch: number, running: RunningEpoch): Promise<EpochRecord> {
    const step = epoch * this.#loader.stepsPerEpoch;
    const { recipe, test, validation: aside } = this.#options.run;
    const validation = await this.#score(recipe.validation === 'test' ? test : aside);
    return {
      epoch,
      step,
      learningRate: learningRateAt(this.#schedule, step - 1),
      loss: running.loss,
      accuracy: running.accuracy,
      validationLoss: validation?.loss ?? null,
      validationAccuracy: validation?.accuracy ?? null,
      seconds: running.seconds,
      imagesPerSecond: running.imagesPerSecond,
    };
  }

  async #save(position: Checkpoint['position']): Promise<void> {
    const state = this.#engine.state();
    await this.#options.folder.saveCheckpoint({ state, position, history: this.#history, build: this.#engine.build });
  }

  async #finish(): Promise<RunSummary> {
    const { run, folder, madeWith } = this.#options;
    const keepsBest = run.recipe.keep === 'best';
    if (keepsBest) this.#engine.loadParameters((await folder.best()).parameters);
    const trained = this.#trained();
    const score = async (dataset: Dataset | undefined) => (await this.#score(dataset)) ?? null;
    const summary: RunSummary = {
      model: run.network.name,
      parameters: networkCost(run.network).parameters,
      labels: [...run.train.classes],
      ended: this.#history.length < run.recipe.epochs ? 'early' : 'complete',
      epochs: this.#history.length,
      resultOf: keepsBest ? bestEpoch(this.#history, this.#metric) + 1 : this.#history.length,
      seed: run.recipe.seed,
      weightsSha256: weightsHash(trained.parameters),
      dataset: {
        name: run.train.name,
        sha256: { ...run.train.sha256, ...run.test?.sha256 },
        train: run.train.labels.length,
        validation: run.validation?.labels.length ?? 0,
        test: run.test?.labels.length ?? 0,
      },
      validation: await score(run.validation),
      test: await score(run.test),
      seconds: this.#history.reduce((sum, { seconds }) => sum + seconds, 0),
      created: new Date().toISOString(),
      madeWith: { ...madeWith, engine: this.#engine.build },
    };
    await folder.saveResult(trained, summary);
    return summary;
  }

  #trained(): TrainedNetwork {
    const { network, train } = this.#options.run;
    return { network, parameters: this.#engine.parameters(this.#weights), labels: train.classes };
  }

  async #score(dataset: Dataset | undefined): Promise<Score | undefined> {
    if (dataset === undefined) return undefined;
    const { train } = this.#options.run;
    return evaluate(new EnginePredictor(this.#engine, train.classes, { weights: this.#weights }), dataset);
  }
}
