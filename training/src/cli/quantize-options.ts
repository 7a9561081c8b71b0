import { basename } from 'node:path';
import { manifestSchema } from '@inkcast/shared/bundle';
import { needsWhole } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { Argv } from 'yargs';
import * as z from 'zod/mini';
import { CALIBRATION_METHODS, type CalibrationMethod, MAX_WEIGHT } from '../quantization/index.js';
import { type EngineArguments, withEngineOptions } from './engine-options.js';

/** How a network is quantized, and what is written. */
export interface QuantizeOptions extends EngineArguments {
  readonly out: string;
  readonly name: string | undefined;
  readonly 'bundle-version': string;
  readonly calibration: CalibrationMethod;
  readonly 'correct-biases': boolean;
  readonly 'round-by-error': boolean;
  readonly 'max-weight': number | undefined;
  readonly images: number;
  readonly data: string | undefined;
  readonly interface: 'int8' | 'uint8';
}

/** The ending of an output that is an int8 model without a bundle. */
const MODEL_ENDING = '.tflite';

export const isModelFile = (out: string): boolean => out.endsWith(MODEL_ENDING);

/** @param others describes further kinds of output, besides a bundle and a .tflite file */
export const withQuantizeOptions = <T>(yargs: Argv<T>, others = '') =>
  withEngineOptions(yargs)
    .option('out', {
      type: 'string',
      demandOption: true,
      describe: `Output: a folder for the bundle, which is replaced; or a .tflite file${others}`,
    })
    .option('name', { type: 'string', describe: 'Name of the model; default: the name of the folder or file' })
    .option('bundle-version', { type: 'string', default: '1.0.0', describe: 'Version of the model' })
    .option('calibration', {
      choices: CALIBRATION_METHODS,
      default: 'min-max' as const,
      describe: "How calibration chooses each tensor's range",
    })
    .option('correct-biases', {
      type: 'boolean',
      default: false,
      describe: 'Make up for rounded weights in the biases, measured on the calibration pictures',
    })
    .option('round-by-error', {
      type: 'boolean',
      default: false,
      describe: 'Round each weight so that the sums of its operator change least, and correct biases',
    })
    .option('max-weight', {
      type: 'number',
      describe: 'Largest magnitude of a weight, 1 to 127; coarser weights compress better. Default: 127',
    })
    .option('images', { type: 'number', default: 1000, describe: 'Number of training pictures for calibration' })
    .option('interface', {
      choices: ['int8', 'uint8'] as const,
      default: 'int8' as const,
      describe: "Type of the model's input and output",
    })
    .check(({ 'max-weight': maxWeight }) => {
      if (maxWeight !== undefined) needsWhole('max-weight', maxWeight, 1, MAX_WEIGHT);
      return true;
    }, false);

/** Name and version of the bundle. They are checked before the long work begins. */
export function bundleIdentity(args: Pick<QuantizeOptions, 'out' | 'name' | 'bundle-version'>): {
  readonly name: string;
  readonly version: string;
} {
  const identity = { name: args.name ?? basename(args.out, MODEL_ENDING), version: args['bundle-version'] };
  const parsed = z.pick(manifestSchema, { name: true, version: true }).safeParse(identity);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const key = path[0] === 'name' ? 'name' : 'version';
  throw new InkError('INK_USAGE', `A bundle cannot have the ${key} "${identity[key]}": ${message}.`);
}
