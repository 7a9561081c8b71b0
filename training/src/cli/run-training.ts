import {
  count,
  duration,
  type ExitCode,
  INTERRUPTED,
  interruptible,
  percent,
  type Terminal,
} from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { Checkpoint } from '../checkpoint/index.js';
import { trainingWarnings } from '../data/index.js';
import { compareWithChance } from '../evaluation/index.js';
import { networkCost } from '../models/index.js';
import { type PreparedRun, type RunFolder, type RunSummary, Trainer } from '../trainer/index.js';
import { type EngineArguments, threadsOption } from './engine-options.js';
import { scoreText } from './score-text.js';
import { TrainingProgress } from './training-progress.js';
import { madeWith } from './versions.js';

const LOOKING_ONLY =
  'Each epoch is scored on the test pictures. Only look at these curves: whatever is chosen by them, such as the number of epochs, makes the test too good.';

export interface TrainingTask {
  readonly run: PreparedRun;
  readonly folder: RunFolder;
  readonly resumeFrom?: Checkpoint;
  readonly engine: EngineArguments;
  /** Where the soft labels of teachers are kept for other runs. */
  readonly softLabels?: string;
}

/**
 * Trains and shows the progress on the terminal, until the run ends or Ctrl-C stops it.
 *
 * @returns the results of the run, or undefined if it was stopped; a stop also sets the exit code
 */
export async function runTraining(
  terminal: Terminal,
  exit: ExitCode,
  { run, folder, resumeFrom, engine, softLabels }: TrainingTask,
): Promise<RunSummary | undefined> {
  const { network, train, validation, recipe } = run;
  const parts = `${count(train.labels.length)} pictures${validation === undefined ? '' : `, ${count(validation.labels.length)} for validation`}`;
  terminal.note(
    `${network.name}, ${count(networkCost(network).parameters)} parameters, on ${parts}; run ${folder.path}`,
  );
  for (const warning of trainingWarnings(train)) terminal.note(`Warning: ${warning}`);
  if (recipe.validation === 'test') terminal.note(LOOKING_ONLY);
  if (recipe.distillation !== undefined) {
    const { teachers, share, temperature } = recipe.distillation;
    terminal.note(
      `Learns ${percent(share)} from ${teachers.length} ${teachers.length === 1 ? 'teacher' : 'teachers'} at the temperature ${temperature}`,
    );
  }
  const observer = new TrainingProgress(terminal, recipe.epochs, recipe.validation === 'test' ? 'test' : 'validation');
  const trainer = new Trainer({
    run,
    folder,
    observer,
    backend: engine.backend,
    ...threadsOption(engine),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    ...(softLabels === undefined ? {} : { softLabels }),
    madeWith: madeWith(),
  });
  const outcome = await interruptible((signal) => trainer.run(signal)).finally(() => observer.close());
  if (outcome.kind === 'stopped') {
    terminal.note(`Stopped in epoch ${outcome.epoch} after step ${outcome.step}; the run is saved.`);
    terminal.note(`To continue: inkcast-train train --resume ${folder.path}`);
    exit.code = INTERRUPTED;
    return undefined;
  }
  printSummary(terminal, outcome.summary, folder.path);
  checkLearning(terminal, outcome.summary);
  return outcome.summary;
}

/** A run that learned nothing is complete and is kept, but it must not look like a good one. */
function checkLearning(terminal: Terminal, { test, validation }: RunSummary): void {
  const score = test ?? validation;
  const comparison = score === null ? 'better' : compareWithChance(score);
  if (score === null || comparison === 'better') return;
  const words = `accuracy ${percent(score.accuracy)} on ${count(score.images)} pictures`;
  if (comparison === 'chance')
    throw new InkError('INK_NOTHING_LEARNED', `The network is no better than chance: ${words}.`);
  terminal.note(`Warning: the network may be no better than chance: ${words}.`);
}

function printSummary(terminal: Terminal, summary: RunSummary, folder: string): void {
  const { ended, epochs, resultOf, seconds, validation, test, weightsSha256 } = summary;
  const early = ended === 'early' ? ', stopped early' : '';
  terminal.print(
    `trained ${epochs} epochs in ${duration(seconds)}${early}; the weights are those of epoch ${resultOf}`,
  );
  for (const [what, score] of [
    ['validation', validation],
    ['test', test],
  ] as const) {
    if (score !== null) terminal.print(scoreText(what, score));
  }
  terminal.print(`weights: ${folder}/weights.safetensors, SHA-256 over the values ${weightsSha256}`);
}
