import { type ExitCode, percent, type Terminal } from '@inkcast/shared/cli';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { type CharacterReader, DIGIT_SHAPE, type OpenCharacterReader } from '../../data/index.js';
import type { Predictor } from '../../evaluation/index.js';
import { type EngineArguments, withEngineOptions } from '../engine-options.js';
import { openPredictor } from '../open-predictor.js';

interface PredictArguments extends EngineArguments {
  readonly pictures: string[];
  readonly model: string;
  readonly json: boolean;
}

/** The label of a picture that shows no character. */
const NONE = 'none';

/** `inkcast-train predict`: classifies pictures of one character each. */
export const predictCommand = (
  terminal: Terminal,
  exit: ExitCode,
  openReader: OpenCharacterReader,
): CommandModule<object, PredictArguments> => ({
  command: 'predict <pictures..>',
  describe: 'Classify pictures that show one character each',
  builder: (yargs) =>
    withEngineOptions(yargs)
      .positional('pictures', { type: 'string', array: true, demandOption: true, describe: 'PNG, JPEG or WebP files' })
      .option('model', {
        type: 'string',
        default: 'models/digits',
        describe: 'A bundle, a .tflite file, a run folder or weights',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one line of JSON per picture' })
      .example('$0 predict seven.png', 'With the shipped model')
      .example('$0 predict crops/*.png --model runs/lenet-20260102-030405 --json', 'With the weights of a run'),
  handler: async (args) => {
    const predictor = await openPredictor(args.model, args);
    try {
      if (predictor.shape.join() !== DIGIT_SHAPE.join()) {
        const size = predictor.shape.slice(0, 2).join('x');
        throw new InkError('INK_DATASET_INVALID', `${args.model} takes pictures of ${size}, and digits are 28x28.`);
      }
      const reader = await openReader();
      try {
        for (const file of args.pictures) {
          try {
            const said = await predict(file, reader, predictor);
            if (args.json) terminal.print(JSON.stringify(said));
            else terminal.print(`${file}: ${said.label} (${percent(said.confidence)})`);
          } catch (error) {
            // A bad picture does not stop the others.
            const coded = asInkError(error);
            const { code, message } = coded;
            if (args.json) terminal.print(JSON.stringify({ file, error: { code, message } }));
            terminal.note(String(coded));
            exit.code = coded.exitCode;
          }
        }
      } finally {
        reader.close();
      }
    } finally {
      await predictor.close();
    }
  },
});

/** The result for one picture, with the probability of each label. */
interface Prediction {
  readonly file: string;
  readonly label: string;
  readonly confidence: number;
  readonly probabilities: Readonly<Record<string, number>>;
}

async function predict(file: string, reader: CharacterReader, predictor: Predictor): Promise<Prediction> {
  const picture = await reader.read(await readWholeFile(file), file);
  const { labels } = predictor;
  const probabilities = await predictor.predict(picture, 1);
  // The user says that each picture shows a character, so `none` is the answer only if there is no ink.
  const isBlank = picture.every((value) => value === 0);
  const possible = labels.flatMap((label, index) => (isBlank || label !== NONE ? index : []));
  const best = possible.reduce((one, other) => (probabilities[other] > probabilities[one] ? other : one));
  const all = labels.map((label, index) => [label, probabilities[index]] as const);
  return { file, label: labels[best], confidence: probabilities[best], probabilities: Object.fromEntries(all) };
}
