import { SPOTTER_SIZES, type SpotterSize } from '@inkcast/shared/bundle';
import { count, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { addSpotter } from '../../../fit/index.js';
import { FRAMES, MAX_WEIGHT, ROUND_BY_ERROR, roundingOf } from './options.js';

interface SpotterFileArguments {
  readonly weights: string;
  readonly frames: readonly string[];
  readonly bundle: string;
  readonly size: SpotterSize;
  readonly seed: number;
  readonly 'max-weight': number | undefined;
  readonly 'round-by-error': boolean;
}

/** `npm run lab -- fit spotter-file`: quantizes a trained spotter and puts it into a bundle. */
export const fitSpotterFileCommand = (terminal: Terminal): CommandModule<object, SpotterFileArguments> => ({
  command: 'spotter-file <weights>',
  describe: 'Quantize a trained spotter and put it into a bundle, with a description of its training',
  builder: (yargs) =>
    yargs
      .positional('weights', { type: 'string', demandOption: true, describe: 'Weights, written by fit spotter' })
      .option('frames', { ...FRAMES, describe: 'Files of frames for the calibration' })
      .option('bundle', { type: 'string', demandOption: true, describe: 'Folder of the bundle' })
      .option('size', {
        choices: SPOTTER_SIZES,
        default: SPOTTER_SIZES[0],
        describe: 'Size of the spotter, as in reading.model',
      })
      .option('seed', { type: 'number', default: 1, describe: 'Seed for the choice of calibration cuts' })
      .option('max-weight', MAX_WEIGHT)
      .option('round-by-error', ROUND_BY_ERROR)
      .example('$0 fit spotter-file runs/two.safetensors --frames runs/a.frames --bundle runs/bundle', ''),
  handler: async ({ weights, frames, bundle, size, seed, ...options }) => {
    needsWhole('seed', seed, 0);
    const rounding = roundingOf(options);
    const { parameters, multiplications, bytes } = await addSpotter({ weights, frames, bundle, size, seed, rounding });
    terminal.print(
      `${bundle}: ${size} spotter, ${count(parameters)} parameters, ${count(multiplications)} multiplications a cut, ` +
        `${count(bytes)} bytes`,
    );
  },
});
