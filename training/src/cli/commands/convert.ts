import { count, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, sha256 } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { openImported } from '../../bundle/index.js';
import { saveWeights } from '../../checkpoint/index.js';
import type { OpenCharacterReader } from '../../data/index.js';
import { type ImportedModel, importLayersModel } from '../../keras-import/index.js';
import { networkCost } from '../../models/index.js';
import { bundleIdentity, type QuantizeOptions, withQuantizeOptions } from '../quantize-options.js';
import { quantizeToFile } from '../quantize-to-file.js';
import { requiredData } from '../required-data.js';
import { madeWith } from '../versions.js';

interface ConvertArguments extends QuantizeOptions {
  readonly model: string;
  readonly labels: string | undefined;
  readonly range: string | undefined;
}

/** `inkcast-train convert`: converts a TensorFlow.js model into a bundle, an int8 model or float weights. */
export const convertCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, ConvertArguments> => ({
  command: 'convert <model>',
  describe: 'Convert a TensorFlow.js or Keras layers model (model.json) and quantize it to int8',
  builder: (yargs) =>
    withQuantizeOptions(yargs, ', or a .safetensors file for float weights')
      .positional('model', {
        type: 'string',
        demandOption: true,
        describe: 'The model.json; its weight files are in the same folder',
      })
      .option('labels', {
        type: 'string',
        describe: 'Labels of the outputs, separated by commas; default: the ten digits',
      })
      .option('range', {
        type: 'string',
        describe: 'Input values for no ink and full ink; default: 0,255 if the model scales its input, otherwise 0,1',
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
      .example('$0 convert model.json --out letters.safetensors --labels a,b,c', 'Float weights for finetune'),
  handler: async (args) => {
    const isWeights = args.out.endsWith('.safetensors');
    const data = isWeights ? undefined : await requiredData(args.data, `what ${args.model} was made for`);
    if (!isWeights) bundleIdentity(args);
    const range = args.range === undefined ? undefined : parseRange(args.range);
    const converted = await importLayersModel(args.model, { labels: args.labels?.split(','), range });
    describe(terminal, converted);
    if (data === undefined) {
      await saveWeights(args.out, converted.trained);
      terminal.print(`${args.out}: float weights`);
      return;
    }
    const { generatedBy } = converted;
    const origin = {
      convertedFrom: { file: args.model, sha256: sha256(await readWholeFile(args.model)), generatedBy },
    };
    const run = await openImported(args.model, converted.trained, { origin, data, openReader, madeWith: madeWith() });
    await quantizeToFile(terminal, run, args);
  },
});

function describe(
  terminal: Terminal,
  { trained: { network, labels }, range, addedSoftmax, generatedBy }: ImportedModel,
): void {
  const { parameters } = networkCost(network);
  terminal.print(`${network.name}, by ${generatedBy}: ${count(parameters)} parameters, labels ${labels.join(', ')}`);
  terminal.print(`inputs from ${range[0]} (no ink) to ${range[1]} (full ink)`);
  if (addedSoftmax) terminal.print('it gives logits: a softmax was put behind them');
}

function parseRange(text: string): readonly [number, number] {
  const [least, most, ...rest] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isRange = rest.length === 0 && Number.isFinite(least) && Number.isFinite(most) && least !== most;
  if (isRange) return [least, most];
  throw new InkError('INK_USAGE', `--range must be two different numbers, such as 0,255, not "${text}".`);
}
