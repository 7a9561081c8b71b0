import type { Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { openRun } from '../../bundle/index.js';
import { dataSourceFor, type OpenCharacterReader } from '../../data/index.js';
import { bundleIdentity, type QuantizeOptions, withQuantizeOptions } from '../quantize-options.js';
import { quantizeToFile } from '../quantize-to-file.js';

interface QuantizeArguments extends QuantizeOptions {
  readonly run: string;
}

/** `inkcast-train quantize`: converts a finished run into a model bundle for the device. */
export const quantizeCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, QuantizeArguments> => ({
  command: 'quantize <run>',
  describe: 'Quantize a finished run to int8 and write a model bundle',
  builder: (yargs) =>
    withQuantizeOptions(yargs)
      .positional('run', { type: 'string', demandOption: true, describe: 'Folder of the finished run' })
      .option('data', { type: 'string', describe: "Data for calibration and test; default: the run's own data" })
      .example('$0 quantize runs/lenet-20260102-030405 --out models/digits', 'A bundle from a run')
      .example(
        '$0 quantize runs/mobilenet --out models/m --calibration mse --images 2000',
        'Calibration by the mean squared error, on more pictures',
      ),
  handler: async (args) => {
    // This fails before the long work begins.
    bundleIdentity(args);
    const data = args.data === undefined ? undefined : await dataSourceFor(args.data);
    const run = await openRun(args.run, openReader, data);
    await quantizeToFile(terminal, run, args);
  },
});
