import { count, type Terminal } from '@inkcast/shared/cli';
import { readWholeFile, sha256 } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { openImported, withWeights } from '../../bundle/index.js';
import { saveWeights } from '../../checkpoint/index.js';
import type { OpenCharacterReader } from '../../data/index.js';
import { type InkRange, type RangedPredictors, startRangedPredictors } from '../../evaluation/index.js';
import { importModel } from '../../model-import/index.js';
import { networkCost } from '../../models/index.js';
import type { ImportedModel } from '../../network-assembly/index.js';
import { bundleIdentity, type QuantizeOptions, withQuantizeOptions } from '../quantize-options.js';
import { quantizeToFile } from '../quantize-to-file.js';
import { AUTO, chooseRange, parseRange } from '../range-option.js';
import { requiredData } from '../required-data.js';
import { madeWith } from '../versions.js';

interface ConvertArguments extends QuantizeOptions {
  readonly model: string;
  readonly labels: string | undefined;
  readonly range: string | undefined;
}

/** `inkcast-train convert`: converts a model of another program into a bundle, an int8 model or float weights. */
export const convertCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, ConvertArguments> => ({
  command: 'convert <model>',
  describe:
    'Convert a model of Keras (.h5, .keras), TensorFlow.js (model.json) or TensorFlow Lite and quantize it to int8',
  builder: (yargs) =>
    withQuantizeOptions(yargs, ', or a .safetensors file for float weights')
      .positional('model', {
        type: 'string',
        demandOption: true,
        describe: 'A .h5, .keras or .tflite file, or a model.json with its weight files in the same folder',
      })
      .option('labels', {
        type: 'string',
        describe: 'Labels of the outputs, separated by commas; default: the ten digits',
      })
      .option('range', {
        type: 'string',
        describe:
          'Input values for no ink and full ink, or auto to measure them; default: 0,255 if the model scales its input, otherwise 0,1',
      })
      .option('data', {
        type: 'string',
        describe: 'Data to calibrate and test on, such as mnist; float weights need none',
      })
      .example(
        '$0 convert downloads/model.json --data mnist --out models/mine',
        'A bundle from a model that was trained in the browser',
      )
      .example(
        '$0 convert model.json --data mnist --out mine.tflite --range 1,0',
        'A model file; the model was trained on black ink (0) on white paper (1)',
      )
      .example(
        '$0 convert mnist_cnn.h5 --data mnist --out models/mine --range auto',
        'A model of Keras; measures which pixel values it was trained on',
      )
      .example('$0 convert model.json --out letters.safetensors --labels a,b,c', 'Float weights for finetune'),
  handler: async (args) => {
    const isWeights = args.out.endsWith('.safetensors');
    const given = parseRange(args.range);
    const needsData = !isWeights || given === AUTO;
    const data = needsData ? await requiredData(args.data, `what ${args.model} was made for`) : undefined;
    if (!isWeights) bundleIdentity(args);
    const read = (range: InkRange | undefined) => importModel(args.model, { labels: args.labels?.split(','), range });
    const first = await read(given === AUTO ? undefined : given);
    if (data === undefined) {
      describe(terminal, first);
      await saveImported(terminal, args.out, first);
      return;
    }
    const { generatedBy } = first;
    const origin = {
      convertedFrom: { file: args.model, sha256: sha256(await readWholeFile(args.model)), generatedBy },
    };
    const settings = { origin, data, openReader, madeWith: madeWith() };
    const run = await openImported(args.model, first.trained, settings);
    const range = await withPredictors(await read([0, 1]), args, (predictors) =>
      chooseRange(terminal, { given, usual: first.range, predictors, pictures: run.train }),
    );
    const converted = range.join() === first.range.join() ? first : await read(range);
    describe(terminal, converted);
    if (isWeights) await saveImported(terminal, args.out, converted);
    else await quantizeToFile(terminal, withWeights(run, converted.trained), args);
  },
});

/** @param plain the model without a change of its input's range */
async function withPredictors<T>(
  plain: ImportedModel,
  { backend }: ConvertArguments,
  work: (predictors: RangedPredictors) => Promise<T>,
): Promise<T> {
  // A few hundred pictures take less time than starting threads.
  const predictors = await startRangedPredictors(plain.trained, { backend, threads: 1 });
  try {
    return await work(predictors);
  } finally {
    await predictors.close();
  }
}

async function saveImported(terminal: Terminal, out: string, { trained }: ImportedModel): Promise<void> {
  await saveWeights(out, trained);
  terminal.print(`${out}: float weights`);
}

function describe(
  terminal: Terminal,
  { trained: { network, labels }, range, addedSoftmax, generatedBy }: ImportedModel,
): void {
  const { parameters } = networkCost(network);
  terminal.print(`${network.name}, by ${generatedBy}: ${count(parameters)} parameters, labels ${labels.join(', ')}`);
  terminal.print(`inputs from ${range[0]} (no ink) to ${range[1]} (full ink)`);
  if (addedSoftmax) terminal.print('it gives logits: a softmax was put behind them');
}
