import { count, type Terminal, table } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { buildModel, MODELS, networkCost } from '../../models/index.js';

interface ModelsArguments {
  readonly width: number;
  readonly depth: number;
  readonly classes: number;
  readonly json: boolean;
}

/** `inkcast-train models`: what there is to train, and what it costs. */
export const modelsCommand = (terminal: Terminal): CommandModule<object, ModelsArguments> => ({
  command: 'models',
  describe: 'List the models with their parameters, multiplications and int8 size',
  builder: (yargs) =>
    yargs
      .option('width', { type: 'number', default: 1, describe: "Factor of every layer's channels" })
      .option('depth', { type: 'number', default: 1, describe: 'Factor of the number of repeated blocks' })
      .option('classes', { type: 'number', default: 10, describe: 'Number of classes' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('$0 models', 'The models at their documented size')
      .example('$0 models --width 0.5', 'With half the channels'),
  handler: ({ width, depth, classes, json }) => {
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
