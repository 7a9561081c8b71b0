import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import type { OpenCharacterReader } from '../../data/index.js';
import { prepareRun, RunFolder } from '../../trainer/index.js';
import { type EngineArguments, withEngineOptions } from '../engine-options.js';
import {
  type ModelArguments,
  type RecipeArguments,
  recipeFromArguments,
  withModelOptions,
  withRecipeOptions,
} from '../recipe-options.js';
import { timestamped } from '../run-name.js';
import { runTraining, type TrainingTask } from '../run-training.js';
import { type TeacherArguments, withTeacherOptions, withTeachers } from '../teacher-options.js';

interface TrainArguments extends ModelArguments, RecipeArguments, TeacherArguments, EngineArguments {
  readonly out: string | undefined;
  readonly resume: string | undefined;
}

/** `inkcast-train train`: trains by a recipe, or resumes a run. */
export const trainCommand = (
  terminal: Terminal,
  exit: ExitCode,
  openReader: OpenCharacterReader,
): CommandModule<object, TrainArguments> => ({
  command: 'train [model]',
  describe: 'Train a model',
  builder: (yargs) =>
    withEngineOptions(withTeacherOptions(withRecipeOptions(withModelOptions(yargs))))
      .option('out', { type: 'string', describe: 'Run folder; default: runs/MODEL-TIME' })
      .option('resume', { type: 'string', describe: 'Continue the run in this folder' })
      .example('$0 train lenet --epochs 1', "One epoch of the tutorial's network on MNIST")
      .example(
        '$0 train lenet --augment --validation 0.1 --early-stopping 3',
        'With augmentation, until the validation loss stops improving',
      )
      .example('$0 train --recipe recipes/lenet.yaml --seed 2', 'A recipe with another seed')
      .example('$0 train lenet --data my-letters', 'Your own pictures: a folder with one folder of pictures per class')
      .example('$0 train compact --teacher runs/wide-1 runs/wide-2', 'From the soft labels of two larger networks')
      .example('$0 train --resume runs/lenet-20260102-030405', 'Continue a run that was stopped'),
  handler: async (args) => {
    const task =
      args.resume === undefined ? await newTask(args, openReader) : await resumedTask(args.resume, args, openReader);
    const softLabels = args['soft-labels'];
    await runTraining(terminal, exit, { ...task, engine: args, ...(softLabels === undefined ? {} : { softLabels }) });
  },
});

type PreparedTask = Omit<TrainingTask, 'engine' | 'softLabels'>;

async function newTask(args: TrainArguments, openReader: OpenCharacterReader): Promise<PreparedTask> {
  const recipe = await withTeachers(await recipeFromArguments(args), args);
  const run = await prepareRun(recipe, openReader);
  const folder = new RunFolder(args.out ?? timestamped(recipe.model.name, new Date()));
  await folder.create(recipe);
  return { run, folder };
}

async function resumedTask(path: string, args: TrainArguments, openReader: OpenCharacterReader): Promise<PreparedTask> {
  const own = [
    ...([
      'model',
      'width',
      'depth',
      'recipe',
      'data',
      'epochs',
      'batch',
      'learning-rate',
      'seed',
      'validation',
    ] as const),
    ...(['test', 'augment', 'early-stopping', 'out', 'teacher', 'teacher-share', 'temperature'] as const),
  ];
  const given = own.find((option) => args[option] !== undefined);
  if (given !== undefined) {
    throw new InkError('INK_USAGE', `A run is resumed by its own recipe, and "${given}" would change it.`);
  }
  const folder = new RunFolder(path);
  const run = await prepareRun(await folder.recipe(), openReader);
  const checkpoint = await folder.lastCheckpoint();
  return { run, folder, ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }) };
}
