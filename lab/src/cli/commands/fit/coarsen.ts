import { deflateSync } from 'node:zlib';
import { count, needsWhole, type Terminal, table } from '@inkcast/shared/cli';
import { MAX_WEIGHT as MOST } from '@inkcast/training/quantization';
import type { CommandModule } from 'yargs';
import { type Coarsening, coarsenBundle, NETWORKS } from '../../../fit/index.js';
import { FRAMES, JOBS, MIN_SPOT } from './options.js';

interface CoarsenArguments extends Omit<Coarsening, 'maxWeight' | 'minSpotLogOdds'> {
  readonly 'max-weight': number;
  readonly 'min-spot': number;
}

/** `npm run lab -- fit coarsen`: gives networks of a bundle weights that compress better. */
export const fitCoarsenCommand = (terminal: Terminal): CommandModule<object, CoarsenArguments> => ({
  command: 'coarsen',
  describe: 'Give networks of a bundle coarser weights, which compress better',
  builder: (yargs) =>
    yargs
      // The bundle's version takes the place of the program's.
      .version(false)
      .option('bundle', { type: 'string', demandOption: true, describe: 'Folder of the bundle; it is changed' })
      .option('networks', {
        type: 'string',
        array: true,
        choices: NETWORKS,
        default: NETWORKS,
        describe: 'Which of its networks',
      })
      .option('max-weight', {
        type: 'number',
        demandOption: true,
        describe: `Largest magnitude of a weight in int8, 1 to ${MOST}`,
      })
      .option('frames', { ...FRAMES, describe: 'Files of frames for the calibration' })
      .option('min-spot', MIN_SPOT)
      .option('seed', { type: 'number', default: 1, describe: 'Seed for the choice of calibration pictures' })
      .option('version', { type: 'string', describe: "The bundle's new version, such as 2.0.0; default: as it was" })
      .option('jobs', JOBS)
      .example('$0 fit coarsen --bundle runs/b --networks spotter --max-weight 7 --frames runs/a.frames', '')
      .example('$0 fit coarsen --bundle runs/b --max-weight 15 --frames runs/a.frames', 'All networks'),
  handler: async ({ 'max-weight': maxWeight, 'min-spot': minSpotLogOdds, ...options }) => {
    needsWhole('max-weight', maxWeight, 1, MOST);
    needsWhole('jobs', options.jobs);
    needsWhole('seed', options.seed, 0);
    const files = await coarsenBundle({ ...options, maxWeight, minSpotLogOdds });
    const size = (bytes: Uint8Array): string => count(deflateSync(bytes, { level: 9 }).length);
    const rows = files.map(({ file, before, after }) => [file, size(before), size(after)]);
    terminal.print(table(['file', 'bytes, compressed, before', 'after'], rows));
  },
});
