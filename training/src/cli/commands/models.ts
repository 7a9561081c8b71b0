import { count, needsBetween, needsWhole, type Terminal, table } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { buildModel, MODELS, networkCost } from '../../models/index.js';

interface ModelsArguments {
  readonly width: number;
  readonly depth: number;
  readonly classes: number;
  readonly json: boolean;
}

/** The smallest width and depth, as in a recipe. */
const MIN_FACTOR = 0.01;
const MAX_FACTOR = 16;
/** Labels are 16-bit numbers. */
const MAX_CLASSES = 65_536;

/** `inkcast-train models`: lists the models and their costs. */
export const modelsCommand = (terminal: Terminal): CommandModule<object, ModelsArguments> => ({
  command: 'models',
  describe: 'List the models with their parameters, multiplications and int8 size',
  builder: (yargs) =>
    yargs
      .option('width', { type: 'number', default: 1, describe: 'Factor for the channels of every layer' })
      .option('depth', { type: 'number', default: 1, describe: 'Factor for the number of repeated blocks' })
      .option('classes', { type: 'number', default: 10, describe: 'Number of classes' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('$0 models', 'All models at their normal size')
      .example('$0 models --width 0.5', 'With half the channels'),
  handler: ({ width, depth, classes, json }) => {
    needsBetween('width', width, MIN_FACTOR, MAX_FACTOR);
    needsBetween('depth', depth, MIN_FACTOR, MAX_FACTOR);
    needsWhole('classes', classes, 2, MAX_CLASSES);
    const models = MODELS.map(({ name, summary }) => {
      const { parameters, macs, int8Bytes } = networkCost(buildModel(name, { width, depth, classes }));
      return { name, parameters, macs, int8Bytes, summary };
    });
    if (json) {
      terminal.print(JSON.stringify(models));
      return;
    }
    const rows = models.map(({ name, parameters, macs, int8Bytes, summary }) => [
      name,
      count(parameters),
      count(macs),
      `${(int8Bytes / 1024).toFixed(0)} KiB`,
      summary,
    ]);
    terminal.print(table(['model', 'parameters', 'MACs', 'int8 weights', ''], rows));
  },
});
