import type { Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { averageNetworks, type NetworkAverage } from '../../../fit/index.js';

/** `npm run lab -- fit average`: weights between those of two rounds. */
export const fitAverageCommand = (terminal: Terminal): CommandModule<object, NetworkAverage> => ({
  command: 'average <one> <other>',
  describe: 'Average the weights of two rounds of the spotter or the verifier',
  builder: (yargs) =>
    yargs
      .positional('one', {
        type: 'string',
        demandOption: true,
        describe: 'File that fit spotter or fit verifier wrote',
      })
      .positional('other', { type: 'string', demandOption: true, describe: 'The same of another round' })
      .option('share', { type: 'number', default: 0.5, describe: 'How much the first one counts, from 0 to 1' })
      .option('out', { type: 'string', demandOption: true, describe: 'File of the weights, .safetensors' })
      .example(
        '$0 fit average runs/one.safetensors runs/two.safetensors --share 0.4 --out runs/both.safetensors',
        'More of the second round than of the first',
      ),
  handler: async ({ one, other, share, out }) => {
    if (!(share >= 0 && share <= 1)) throw new InkError('INK_USAGE', `--share must be from 0 to 1, and not ${share}.`);
    await averageNetworks({ one, other, share, out });
    terminal.print(`${out}: ${share} of ${one}, the rest of ${other}`);
  },
});
