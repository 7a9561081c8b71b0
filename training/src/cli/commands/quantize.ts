import type { Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { openRun } from '../../bundle/index.js';
import { dataSourceFor, type OpenCharacterReader } from '../../data/index.js';
import { bundleIdentity, type QuantizeOptions, withQuantizeOptions } from '../quantize-options.js';
import { quantizeToFile } from '../quantize-to-file.js';

interface QuantizeArguments extends QuantizeOptions {
  readonly run: string;
}

/** `inkcast-train quantize`: turns a finished run into a model bundle for the device. */
export const quantizeCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, QuantizeArguments> => ({
  command: 'quantize <run>',
  describe: 'Quantize a finished run to int8 and write it as a model bundle',
  builder: (yargs) =>
    withQuantizeOptions(yargs)
      .positional('run', { type: 'string', demandOption: true, describe: 'The folder of a finished run' })
      .option('data', { type: 'string', describe: 'Data to calibrate and test on; default: what the run names' })
      .example('$0 quantize runs/lenet-20260102-030405 --out models/digits', 'A bundle of a run')
      .example('$0 quantize runs/mobilenet --out models/m --calibration mse --images 2000', 'Another calibration'),
  handler: async (args) => {
    // Before the long work begins.
    bundleIdentity(args);
    const data = args.data === undefined ? undefined : await dataSourceFor(args.data);
    const run = await openRun(args.run, openReader, data);
    await quantizeToFile(terminal, run, args);
  },
});
