import { type ExitCode, percent, type Terminal } from '@inkcast/shared/cli';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { DIGIT_SHAPE, readPicture } from '../../data/index.js';
import { type EngineArguments, withEngineOptions } from '../engine-options.js';
import { openPredictor } from '../open-predictor.js';

interface PredictArguments extends EngineArguments {
  readonly pictures: string[];
  readonly model: string;
  readonly json: boolean;
}

/** `inkcast-train predict`: what a model says of pictures of one character each. */
export const predictCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, PredictArguments> => ({
  command: 'predict <pictures..>',
  describe: 'Recognise pictures of one character each',
  builder: (yargs) =>
    withEngineOptions(yargs)
      .positional('pictures', { type: 'string', array: true, demandOption: true, describe: 'PNG, JPEG or WebP files' })
      .option('model', { type: 'string', default: 'models/digits', describe: 'A bundle, a run folder or weights' })
      .option('json', { type: 'boolean', default: false, describe: 'Print a JSON line for each picture' })
      .example('$0 predict seven.png', 'With the shipped model')
      .example('$0 predict crops/*.png --model runs/lenet-20260102-030405 --json', 'With the weights of a run'),
  handler: async (args) => {
    const predictor = await openPredictor(args.model, args);
    try {
      if (predictor.shape.join() !== DIGIT_SHAPE.join()) {
        const size = predictor.shape.slice(0, 2).join('x');
        throw new InkError('INK_DATASET_INVALID', `${args.model} takes pictures of ${size}, and digits are 28x28.`);
      }
      for (const file of args.pictures) {
        try {
          const picture = await readPicture(await readWholeFile(file), file);
          const probabilities = await predictor.predict(picture, 1);
          const best = probabilities.indexOf(Math.max(...probabilities));
          const result = { file, label: predictor.labels[best], confidence: probabilities[best] };
          const all = Object.fromEntries(predictor.labels.map((label, index) => [label, probabilities[index]]));
          if (args.json) terminal.print(JSON.stringify({ ...result, probabilities: all }));
          else terminal.print(`${file}: ${result.label} (${percent(result.confidence)})`);
        } catch (error) {
          // One bad picture must not keep the others from being read.
          const coded = asInkError(error);
          if (args.json) terminal.print(JSON.stringify({ file, error: { code: coded.code, message: coded.message } }));
          terminal.note(String(coded));
          exit.code = coded.exitCode;
        }
      }
    } finally {
      await predictor.close();
    }
  },
});
