import { basename } from 'node:path';
import { manifestSchema } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import type { Argv } from 'yargs';
import { CALIBRATION_METHODS, type CalibrationMethod } from '../quantization/index.js';
import { type EngineArguments, withEngineOptions } from './engine-options.js';

/** How a network becomes an int8 model, and what comes of it. */
export interface QuantizeOptions extends EngineArguments {
  readonly out: string;
  readonly name: string | undefined;
  readonly 'bundle-version': string;
  readonly calibration: CalibrationMethod;
  readonly images: number;
  readonly data: string | undefined;
  readonly interface: 'int8' | 'uint8';
}

/** Of an output that is only the int8 model, and not a bundle around it. */
const MODEL_ENDING = '.tflite';

export const isModelFile = (out: string): boolean => out.endsWith(MODEL_ENDING);

/** @param others what else than a bundle or a .tflite file may be written */
export const withQuantizeOptions = <T>(yargs: Argv<T>, others = '') =>
  withEngineOptions(yargs)
    .option('out', {
      type: 'string',
      demandOption: true,
      describe: `The bundle, a folder to write or replace; or a .tflite file${others}`,
    })
    .option('name', { type: 'string', describe: "The model's name; default: that of its folder or file" })
    .option('bundle-version', { type: 'string', default: '1.0.0', describe: "The model's version" })
    .option('calibration', {
      choices: CALIBRATION_METHODS,
      default: 'min-max' as const,
      describe: "How a tensor's range follows from the values it takes",
    })
    .option('images', { type: 'number', default: 1000, describe: 'Training pictures to calibrate on' })
    .option('interface', {
      choices: ['int8', 'uint8'] as const,
      default: 'int8' as const,
      describe: 'Numbers that the model takes and gives',
    });

/** Checked before the long work begins. */
export function bundleIdentity(args: Pick<QuantizeOptions, 'out' | 'name' | 'bundle-version'>): {
  readonly name: string;
  readonly version: string;
} {
  const identity = { name: args.name ?? basename(args.out, MODEL_ENDING), version: args['bundle-version'] };
  const parsed = manifestSchema.pick({ name: true, version: true }).safeParse(identity);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const key = path[0] === 'name' ? 'name' : 'version';
  throw new InkError('INK_USAGE', `A bundle cannot have the ${key} "${identity[key]}": ${message}.`);
}
