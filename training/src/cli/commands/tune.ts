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

/** Share set aside where neither recipe nor arguments say one; a search cannot do without. */
const VALIDATION = 0.1;

/** `inkcast-train tune`: a search for the best recipe on validation pictures. */
export const tuneCommand = (
  terminal: Terminal,
  exit: ExitCode,
  openReader: OpenCharacterReader,
): CommandModule<object, TuneArguments> => ({
  command: 'tune [model]',
  describe: 'Search for a better recipe by grid or random search with successive halving',
  builder: (yargs) =>
    withEngineOptions(withRecipeOptions(withModelOptions(yargs)))
      .option('space', {
        type: 'string',
        describe: 'What is varied, in YAML; default: rate, batch, depth, augmentation',
      })
      .option('strategy', {
        choices: ['grid', 'random'] as const,
        default: 'random' as const,
        describe: 'Which points',
      })
      .option('trials', { type: 'number', default: 9, describe: 'Points that a random search draws' })
      .option('factor', { type: 'number', default: 3, describe: 'What a round divides the trials by' })
      .option('out', { type: 'string', describe: 'Folder of the search; default: runs/tune-MODEL-TIME' })
      .option('resume', { type: 'string', describe: 'Go on with the search in this folder' })
      .example('$0 tune lenet --epochs 9 --trials 9', 'Nine points: all for 1 epoch, the best 3 for 3, the best for 9')
      .example('$0 tune compact --strategy grid --space space.yaml', 'Every combination of what the file lists')
      .example('$0 tune --resume runs/tune-lenet-20260102-030405', 'Go on after a stop'),
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
      terminal.note(`Stopped; go on with: inkcast-train tune --resume ${folder}`);
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
    throw new InkError('INK_TRAINING_DIVERGED', `None of the ${results.length} trials came to numbers.`, {
      remedy: 'Search among lower learning rates.',
    });
  }
  terminal.print(`\nthe winner's recipe: ${join(folder, 'winner.yaml')}`);
}
