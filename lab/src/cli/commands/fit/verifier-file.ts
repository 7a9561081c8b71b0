import { count, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { addVerifier } from '../../../fit/index.js';
import { FRAMES, JOBS, MAX_WEIGHT, MIN_SPOT, ROUND_BY_ERROR, roundingOf } from './options.js';

interface VerifierFileArguments {
  readonly weights: string;
  readonly frames: readonly string[];
  readonly bundle: string;
  readonly 'min-spot': number;
  readonly jobs: number;
  readonly seed: number;
  readonly 'max-weight': number | undefined;
  readonly 'round-by-error': boolean;
}

/** `npm run lab -- fit verifier-file`: quantizes a trained verifier and puts it into a bundle. */
export const fitVerifierFileCommand = (terminal: Terminal): CommandModule<object, VerifierFileArguments> => ({
  command: 'verifier-file <weights>',
  describe: 'Quantize a trained verifier and put it into a bundle, with a description of its training',
  builder: (yargs) =>
    yargs
      .positional('weights', { type: 'string', demandOption: true, describe: 'Weights, written by fit verifier' })
      .option('frames', { ...FRAMES, describe: 'Files of frames for the calibration' })
      .option('bundle', { type: 'string', demandOption: true, describe: 'Folder of the bundle' })
      .option('min-spot', MIN_SPOT)
      .option('jobs', JOBS)
      .option('seed', { type: 'number', default: 1, describe: 'Seed for the choice of calibration pictures' })
      .option('max-weight', MAX_WEIGHT)
      .option('round-by-error', ROUND_BY_ERROR)
      .example('$0 fit verifier-file runs/v.safetensors --frames runs/a.frames --bundle runs/b', ''),
  handler: async ({ weights, frames, bundle, 'min-spot': minSpotLogOdds, jobs, seed, ...options }) => {
    needsWhole('jobs', jobs);
    needsWhole('seed', seed, 0);
    const rounding = roundingOf(options);
    const cost = await addVerifier({ weights, frames, bundle, minSpotLogOdds, jobs, seed, rounding });
    const { parameters, multiplications, bytes, replayBytes } = cost;
    terminal.print(
      `${bundle}: verifier, ${count(parameters)} parameters, ${count(multiplications)} multiplications a picture, ` +
        `${count(bytes)} bytes, and ${count(replayBytes)} of its replay set`,
    );
  },
});
