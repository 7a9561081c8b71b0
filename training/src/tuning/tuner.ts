import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { replaceFile } from '@inkcast/shared/files';
import type { Checkpoint } from '../checkpoint/index.js';
import type { OpenCharacterReader } from '../data/index.js';
import type { Backend } from '../engine/index.js';
import { formatRecipe } from '../recipe/index.js';
import { RunFolder, type RunPictures, readPictures, runOn, Trainer, type TrainingObserver } from '../trainer/index.js';
import { halvingRungs, type Rung } from './halving.js';
import { applyChoice, type Choice, describeChoice, gridChoices, randomChoices } from './search-space.js';
import { rankTrials, type TrialResult } from './trial-result.js';
import { saveTuningPlan, type TuningPlan } from './tuning-plan.js';

export interface TunerOptions {
  readonly plan: TuningPlan;
  readonly folder: string;
  readonly backend: Backend;
  readonly threads?: number;
  /** Opens the reader for a user's own pictures. */
  readonly openReader: OpenCharacterReader;
  /** Called before each trial of a round. Returns the observer of its steps. */
  readonly observe: (trial: number, trials: number, rung: Rung, description: string) => TrainingObserver;
  readonly madeWith: Readonly<Record<string, string>>;
}

/**
 * Searches for the recipe with the best validation accuracy by successive halving. Every trial has a run folder and
 * continues from its checkpoint in the next round. A search that was stopped continues from its run folders. The test
 * pictures are not used.
 */
export class Tuner {
  readonly #options: TunerOptions;
  readonly #choices: readonly Choice[];
  /** The data is the same for all trials. It is read once, when the first trial needs it. */
  #pictures: Promise<RunPictures> | undefined;

  constructor(options: TunerOptions) {
    const { space, strategy, trials, recipe } = options.plan;
    this.#options = options;
    this.#choices = strategy === 'grid' ? gridChoices(space) : randomChoices(space, trials, recipe.seed);
  }

  /**
   * Runs the search to its end, and writes `results.json` and `winner.yaml`.
   *
   * @returns every trial, the best first; undefined if the signal stopped the search
   */
  async run(signal: AbortSignal): Promise<readonly TrialResult[] | undefined> {
    const { plan, folder } = this.#options;
    await saveTuningPlan(folder, plan);
    const results = new Map<number, TrialResult>();
    let left = this.#choices.map((_, index) => index + 1);
    for (const rung of halvingRungs(this.#choices.length, plan.recipe.epochs, plan.factor)) {
      const round: TrialResult[] = [];
      for (const trial of left.slice(0, rung.trials)) {
        const result = await this.#train(trial, rung, signal);
        if (result === undefined) return undefined;
        results.set(trial, result);
        round.push(result);
      }
      left = rankTrials(round).map(({ trial }) => trial);
    }
    const order = rankTrials([...results.values()]);
    await replaceFile(join(folder, 'results.json'), `${JSON.stringify(order, undefined, 2)}\n`);
    await replaceFile(join(folder, 'winner.yaml'), formatRecipe(order[0].recipe));
    return order;
  }

  #read(): Promise<RunPictures> {
    this.#pictures ??= readPictures(this.#options.plan.recipe, this.#options.openReader);
    return this.#pictures;
  }

  /** Runs a trial in a round. Returns undefined if the signal stopped it. */
  async #train(trial: number, rung: Rung, signal: AbortSignal): Promise<TrialResult | undefined> {
    const { folder, backend, threads, observe, madeWith } = this.#options;
    const runFolder = new RunFolder(join(folder, `trial-${String(trial).padStart(3, '0')}`));
    const choice = this.#choices[trial - 1];
    const recipe = applyChoice(this.#options.plan.recipe, choice);
    if (!(await runFolder.exists())) await runFolder.create(recipe);
    const checkpoint = await runFolder.lastCheckpoint();
    if (recordAt(checkpoint, rung.epochs) === undefined) {
      const trainer = new Trainer({
        run: { ...(await runOn(recipe, await this.#read())), test: undefined },
        folder: runFolder,
        backend,
        ...(threads === undefined ? {} : { threads }),
        observer: observe(trial, this.#choices.length, rung, describeChoice(choice)),
        ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }),
        untilEpoch: rung.epochs,
        madeWith,
      });
      const diverged = await trainer.run(signal).then(() => false, isDivergence);
      if (diverged) return { trial, choice, recipe, epochs: 0, accuracy: 0, loss: Number.POSITIVE_INFINITY };
    }
    const after = await runFolder.lastCheckpoint();
    // A trial that was stopped early has no record of the round's last epoch; its own last one counts.
    const record = recordAt(after, rung.epochs) ?? (signal.aborted ? undefined : after?.history.at(-1));
    if (record === undefined) return undefined;
    const { validationAccuracy, validationLoss } = record;
    return {
      trial,
      choice,
      recipe,
      epochs: rung.epochs,
      accuracy: validationAccuracy ?? 0,
      loss: validationLoss ?? Number.POSITIVE_INFINITY,
    };
  }
}

const recordAt = (checkpoint: Checkpoint | undefined, epoch: number) => checkpoint?.history[epoch - 1];

/** True if the training diverged, which is a result of a search. Any other error ends the search. */
function isDivergence(error: unknown): true {
  if (error instanceof InkError && error.code === 'INK_TRAINING_DIVERGED') return true;
  throw error;
}
