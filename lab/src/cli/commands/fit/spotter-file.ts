import { SPOTTER_SIZES, type SpotterSize } from '@inkcast/shared/bundle';
import { count, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { addSpotter } from '../../../fit/index.js';
import { FRAMES } from './options.js';

interface SpotterFileArguments {
  readonly weights: string;
  readonly frames: readonly string[];
  readonly bundle: string;
  readonly size: SpotterSize;
  readonly seed: number;
}

/** `npm run lab -- fit spotter-file`: a trained spotter in int8, in a bundle. */
export const fitSpotterFileCommand = (terminal: Terminal): CommandModule<object, SpotterFileArguments> => ({
  command: 'spotter-file <weights>',
  describe: 'Quantize a trained spotter and put it into a bundle, with how it was made',
  builder: (yargs) =>
    yargs
      .positional('weights', { type: 'string', demandOption: true, describe: 'File that fit spotter wrote' })
      .option('frames', { ...FRAMES, describe: 'Files of frames to calibrate on' })
      .option('bundle', { type: 'string', demandOption: true, describe: 'Folder of the bundle' })
      .option('size', { choices: SPOTTER_SIZES, default: SPOTTER_SIZES[0], describe: 'What reading.model calls it' })
      .option('seed', { type: 'number', default: 1, describe: 'Decides the cuts to calibrate on' })
      .example('$0 fit spotter-file runs/two.safetensors --frames runs/a.frames --bundle runs/bundle', ''),
  handler: async ({ weights, frames, bundle, size, seed }) => {
    needsWhole('seed', seed, 0);
    const { parameters, multiplications, bytes } = await addSpotter({ weights, frames, bundle, size, seed });
    terminal.print(
      `${bundle}: ${size} spotter, ${count(parameters)} parameters, ${count(multiplications)} multiplications a cut, ` +
        `${count(bytes)} bytes`,
    );
  },
});
