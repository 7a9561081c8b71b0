import { openBundle } from '@inkcast/shared/bundle';
import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { weightsHash } from '../../checkpoint/index.js';
import type { OpenCharacterReader } from '../../data/index.js';
import { parseRecipe, type Recipe } from '../../recipe/index.js';
import { rehearsedBy } from '../../replay/index.js';
import { layersToFreeze, openTrained, prepareRun, RunFolder } from '../../trainer/index.js';
import { type EngineArguments, withEngineOptions } from '../engine-options.js';
import { type RecipeArguments, recipeFromArguments, withRecipeOptions } from '../recipe-options.js';
import { requiredData } from '../required-data.js';
import { timestamped } from '../run-name.js';
import { runTraining } from '../run-training.js';

interface FinetuneArguments extends RecipeArguments, EngineArguments {
  readonly base: string;
  readonly freeze: string | undefined;
  readonly 'freeze-depth': number;
  readonly out: string | undefined;
  readonly replay: string | undefined;
}

/** A tenth of the learning rate of training from scratch. */
const LEARNING_RATE = 0.0001;

/** `inkcast-train finetune`: continues to train a network on other pictures or other classes (transfer learning). */
export const finetuneCommand = (
  terminal: Terminal,
  exit: ExitCode,
  openReader: OpenCharacterReader,
): CommandModule<object, FinetuneArguments> => ({
  command: 'finetune <base>',
  describe: 'Train a trained network on your own pictures or classes (transfer learning)',
  builder: (yargs) =>
    withEngineOptions(withRecipeOptions(yargs))
      .positional('base', {
        type: 'string',
        demandOption: true,
        describe: 'Where to start: a bundle, a run folder or weights',
      })
      .option('freeze', {
        type: 'string',
        describe: 'Names of layers whose weights do not change, separated by commas',
      })
      .option('freeze-depth', {
        type: 'number',
        default: 0,
        describe: 'Number of layers to freeze, counted from the input',
      })
      .option('replay', {
        type: 'string',
        requiresArg: true,
        describe: 'Bundle whose replay set is trained on too, so that what its model knows is not forgotten',
      })
      .option('out', { type: 'string', describe: 'Run folder; default: runs/finetune-TIME' })
      .example(
        '$0 finetune models/digits --data my-letters --freeze-depth 2',
        'Letters, with the first two layers for digits',
      )
      .example(
        '$0 finetune models/digits --data collected --replay models/digits --epochs 8',
        'Digits in your own handwriting, without forgetting those of others',
      ),
  handler: async (args) => {
    if (args.recipe === undefined) await requiredData(args.data, `what ${args.base} is to be trained on`);
    const trained = await openTrained(args.base);
    const given = await recipeFromArguments(args);
    const learningRate = args['learning-rate'] ?? (args.recipe === undefined ? LEARNING_RATE : given.learningRate);
    const recipe = parseRecipe(
      {
        ...given,
        model: { name: trained.network.name },
        learningRate,
        base: { from: args.base, sha256: weightsHash(trained.parameters) },
        ...(args.replay === undefined ? {} : { replay: await replayNamed(args.replay) }),
        frozen: layersToFreeze(trained.network, (args.freeze ?? '').split(',').filter(Boolean), args['freeze-depth']),
      },
      'The recipe',
    );
    const run = await prepareRun(recipe, openReader);
    const folder = new RunFolder(args.out ?? timestamped('finetune', new Date()));
    await folder.create(recipe);
    await runTraining(terminal, exit, { run, folder, engine: args });
  },
});

async function replayNamed(from: string): Promise<Recipe['replay']> {
  const [sha256] = Object.values(rehearsedBy(await openBundle(from)).sha256);
  return { from, sha256 };
}
