import type { Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { type TrainedNetwork, weightsHash } from '../../checkpoint/index.js';
import type { Dataset, OpenCharacterReader } from '../../data/index.js';
import { evaluate, startNetworkPredictor } from '../../evaluation/index.js';
import { averageWeights, openTrained, RunFolder, readPictures } from '../../trainer/index.js';
import { type EngineArguments, threadsOption, withEngineOptions } from '../engine-options.js';
import { timestamped } from '../run-name.js';
import { scoreText } from '../score-text.js';
import { madeWith } from '../versions.js';

interface AverageArguments extends EngineArguments {
  readonly run: string;
  readonly other: string;
  readonly share: number;
  readonly out: string | undefined;
}

/** `inkcast-train average`: writes a run with the weighted mean of a finished run's weights and those of its base. */
export const averageCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, AverageArguments> => ({
  command: 'average <run> <other>',
  describe: 'Average the weights of a fine-tuned run with the weights that it started from',
  builder: (yargs) =>
    withEngineOptions(yargs)
      .positional('run', { type: 'string', demandOption: true, describe: 'Folder of the fine-tuned run' })
      .positional('other', {
        type: 'string',
        demandOption: true,
        describe: 'What it started from: a bundle, a run folder or weights',
      })
      .option('share', { type: 'number', default: 0.5, describe: "Weight of the run's own weights, from 0 to 1" })
      .option('out', { type: 'string', describe: 'Run folder; default: runs/average-TIME' })
      .example('$0 average runs/finetune-20260102-030405 models/digits', 'The mean of both'),
  handler: async (args) => {
    if (!(args.share >= 0 && args.share <= 1)) {
      throw new InkError('INK_USAGE', `--share must be a number from 0 to 1, not ${args.share}.`);
    }
    const run = new RunFolder(args.run);
    const [recipe, history, summary] = [await run.recipe(), await run.history(), await run.summary()];
    const other = await openTrained(args.other);
    const trained = averageWeights(await run.weights(), other, args.share);
    const score = await scoreOf(trained, (await readPictures(recipe, openReader)).validation, args);
    const folder = new RunFolder(args.out ?? timestamped('average', new Date()));
    await folder.create(recipe);
    await folder.saveHistory(history);
    await folder.saveResult(trained, {
      ...summary,
      weightsSha256: weightsHash(trained.parameters),
      validation: score,
      test: null,
      created: new Date().toISOString(),
      madeWith: {
        ...madeWith(),
        averageOf: `${args.share} of ${summary.weightsSha256}, ${1 - args.share} of ${weightsHash(other.parameters)}`,
      },
    });
    if (score !== null) terminal.print(scoreText('validation', score));
    terminal.print(`weights: ${folder.path}/weights.safetensors`);
  },
});

async function scoreOf(trained: TrainedNetwork, pictures: Dataset | undefined, engine: EngineArguments) {
  if (pictures === undefined) return null;
  const predictor = await startNetworkPredictor(trained, { backend: engine.backend, ...threadsOption(engine) });
  return evaluate(predictor, pictures).finally(() => predictor.close());
}
