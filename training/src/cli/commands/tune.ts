import { join } from 'node:path';
import { type ExitCode, INTERRUPTED, interruptible, percent, type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import { parseYaml } from '@inkcast/shared/plain-data';
import type { CommandModule } from 'yargs';
import type { OpenCharacterReader } from '../../data/index.js';
import {
  DEFAULT_SPACE,
  describeChoice,
  parseTuningPlan,
  readTuningPlan,
  type TrialResult,
  Tuner,
  type TuningPlan,
} from '../../tuning/index.js';
import { type EngineArguments, threadsOption, withEngineOptions } from '../engine-options.js';
import {
  type ModelArguments,
  type RecipeArguments,
  recipeFromArguments,
  withModelOptions,
  withRecipeOptions,
} from '../recipe-options.js';
import { timestamped } from '../run-name.js';
import { TrainingProgress } from '../training-progress.js';
import { madeWith } from '../versions.js';

interface TuneArguments extends ModelArguments, RecipeArguments, EngineArguments {
  readonly space: string | undefined;
  readonly strategy: 'grid' | 'random';
  readonly trials: number;
  readonly factor: number;
  readonly out: string | undefined;
  readonly resume: string | undefined;
}

/** Share for validation if neither the recipe nor the arguments set one: a search needs validation pictures. */
const VALIDATION = 0.1;

/** `inkcast-train tune`: searches the recipe that is best on the validation pictures. */
export const tuneCommand = (
  terminal: Terminal,
  exit: ExitCode,
  openReader: OpenCharacterReader,
): CommandModule<object, TuneArguments> => ({
  command: 'tune [model]',
  describe: 'Search better hyperparameters: grid or random search with successive halving',
  builder: (yargs) =>
    withEngineOptions(withRecipeOptions(withModelOptions(yargs)))
      .option('space', {
        type: 'string',
        describe: 'Search space (YAML); default: learning rate, batch size, depth, augmentation',
      })
      .option('strategy', {
        choices: ['grid', 'random'] as const,
        default: 'random' as const,
        describe: 'All combinations, or random ones',
      })
      .option('trials', { type: 'number', default: 9, describe: 'Number of trials in a random search' })
      .option('factor', { type: 'number', default: 3, describe: 'Each round keeps one of this number of trials' })
      .option('out', { type: 'string', describe: 'Folder of the search; default: runs/tune-MODEL-TIME' })
      .option('resume', { type: 'string', describe: 'Continue the search in this folder' })
      .example(
        '$0 tune lenet --epochs 9 --trials 9',
        'Nine trials for 1 epoch, the best 3 for 3 epochs, the best one for 9',
      )
      .example('$0 tune compact --strategy grid --space space.yaml', 'Every combination of the values in the file')
      .example('$0 tune --resume runs/tune-lenet-20260102-030405', 'Continue a search that was stopped'),
  handler: async (args) => {
    const folder = args.resume ?? args.out ?? timestamped(`tune-${args.model ?? 'recipe'}`, new Date());
    const plan = args.resume === undefined ? await planFromArguments(args) : await readTuningPlan(args.resume);
    terminal.note(`search in ${folder}`);
    let progress: TrainingProgress | undefined;
    const tuner = new Tuner({
      plan,
      folder,
      openReader,
      backend: args.backend,
      ...threadsOption(args),
      observe: (trial, trials, rung, description) => {
        progress?.close();
        terminal.note(`trial ${trial}/${trials} up to epoch ${rung.epochs}: ${description}`);
        progress = new TrainingProgress(terminal, rung.epochs);
        return progress;
      },
      madeWith: madeWith(),
    });
    const results = await interruptible((signal) => tuner.run(signal)).finally(() => progress?.close());
    if (results === undefined) {
      terminal.note(`Stopped. To continue: inkcast-train tune --resume ${folder}`);
      exit.code = INTERRUPTED;
      return;
    }
    printResults(terminal, results, folder);
  },
});

async function planFromArguments(args: TuneArguments): Promise<TuningPlan> {
  const recipe = await recipeFromArguments(args);
  return parseTuningPlan({
    recipe: recipe.validation === 0 && args.validation === undefined ? { ...recipe, validation: VALIDATION } : recipe,
    space: args.space === undefined ? DEFAULT_SPACE : await readSpace(args.space),
    strategy: args.strategy,
    trials: args.trials,
    factor: args.factor,
  });
}

async function readSpace(file: string): Promise<unknown> {
  return parseYaml((await readWholeFile(file)).toString('utf8'), file, 'INK_RECIPE_INVALID');
}

function printResults(terminal: Terminal, results: readonly TrialResult[], folder: string): void {
  const rows = results.map(({ trial, choice, epochs, accuracy, loss }) => [
    String(trial),
    String(epochs),
    Number.isFinite(loss) ? percent(accuracy) : 'diverged',
    Number.isFinite(loss) ? loss.toFixed(4) : '-',
    describeChoice(choice),
  ]);
  terminal.print(table(['trial', 'epochs', 'val. accuracy', 'val. loss', ''], rows));
  if (!Number.isFinite(results[0].loss)) {
    throw new InkError('INK_TRAINING_DIVERGED', `All ${results.length} trials diverged: no loss was a finite number.`, {
      remedy: 'Search lower learning rates.',
    });
  }
  terminal.print(`\nthe winner's recipe: ${join(folder, 'winner.yaml')}`);
}
