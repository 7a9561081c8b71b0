import { basename } from 'node:path';
import { manifestSchema } from '@inkcast/shared/bundle';
import { count, percent, type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite } from '@inkcast/shared/tflite';
import type { CommandModule } from 'yargs';
import { bundleContent, openRun, quantizeRun, writeBundle } from '../../bundle/index.js';
import { dataSourceFor } from '../../data/index.js';
import { evaluate, startNetworkPredictor } from '../../evaluation/index.js';
import { CALIBRATION_METHODS, type CalibrationMethod, type LayerReport } from '../../quantization/index.js';
import { type EngineArguments, threadsOption, withEngineOptions } from '../engine-options.js';

interface QuantizeArguments extends EngineArguments {
  readonly run: string;
  readonly out: string;
  readonly name: string | undefined;
  readonly 'bundle-version': string;
  readonly calibration: CalibrationMethod;
  readonly images: number;
  readonly data: string | undefined;
  readonly interface: 'int8' | 'uint8';
}

/** `inkcast-train quantize`: turns a finished run into a model bundle for the device. */
export const quantizeCommand = (terminal: Terminal): CommandModule<object, QuantizeArguments> => ({
  command: 'quantize <run>',
  describe: 'Quantize a finished run to int8 and write it as a model bundle',
  builder: (yargs) =>
    withEngineOptions(yargs)
      .positional('run', { type: 'string', demandOption: true, describe: 'The folder of a finished run' })
      .option('out', { type: 'string', demandOption: true, describe: 'The bundle: a folder to write or replace' })
      .option('name', { type: 'string', describe: "The bundle's name; default: that of its folder" })
      .option('bundle-version', { type: 'string', default: '1.0.0', describe: "The bundle's version" })
      .option('calibration', {
        choices: CALIBRATION_METHODS,
        default: 'min-max' as const,
        describe: "How a tensor's range follows from the values it takes",
      })
      .option('images', { type: 'number', default: 1000, describe: 'Training pictures to calibrate on' })
      .option('data', { type: 'string', describe: 'Data to calibrate and test on; default: what the run names' })
      .option('interface', {
        choices: ['int8', 'uint8'] as const,
        default: 'int8' as const,
        describe: 'Numbers that the model takes and gives',
      })
      .example('$0 quantize runs/lenet-20260102-030405 --out models/digits', 'A bundle of a run')
      .example('$0 quantize runs/mobilenet --out models/m --calibration mse --images 2000', 'Another calibration'),
  handler: async (args) => {
    const identity = bundleIdentity(args);
    const run = await openRun(args.run, args.data === undefined ? undefined : await dataSourceFor(args.data));
    const { trained, test } = run;
    terminal.note(`Scoring ${trained.network.name} in float on ${count(test.labels.length)} pictures`);
    const network = await startNetworkPredictor(trained, { backend: args.backend, ...threadsOption(args) });
    const float = await evaluate(network, test).finally(() => network.close());
    terminal.note(`Calibrating on ${count(args.images)} training pictures, quantizing and scoring in int8`);
    const library = openTfLite();
    const options = { ...identity, method: args.calibration, images: args.images, interfaceType: args.interface };
    const { quantized, score: int8 } = await quantizeRun(library, run, options).finally(() => library.close());
    const content = bundleContent({ ...run, ...identity }, quantized, { float, int8 }, new Date());
    const { name, version } = await writeBundle(args.out, content);
    const { model, layers, temperature, expectedCalibrationError } = quantized;
    terminal.print(`${layerTable(layers)}\n`);
    const lost = (100 * (float.accuracy - int8.accuracy)).toFixed(2);
    terminal.print(`accuracy: float ${percent(float.accuracy)}, int8 ${percent(int8.accuracy)} (${lost} points less)`);
    terminal.print(`loss: float ${float.loss.toFixed(4)}, int8 ${int8.loss.toFixed(4)}`);
    const [before, after] = [expectedCalibrationError.before, expectedCalibrationError.after].map(percent);
    terminal.print(
      `temperature: ${temperature.toFixed(3)}; expected calibration error ${before} without, ${after} with`,
    );
    terminal.print(`${args.out}: ${name}@${version}, model.tflite of ${count(model.length)} bytes`);
  },
});

function layerTable(layers: readonly LayerReport[]): string {
  const decibels = (ratio: number | null): string => (ratio === null ? '-' : ratio.toFixed(1));
  const rows = layers.map(({ layer, operator, range, scale, zeroPoint, signalToNoise, errorWeight }) => [
    layer,
    operator,
    ...range.map((end) => end.toFixed(3)),
    scale.toPrecision(4),
    String(zeroPoint),
    decibels(signalToNoise),
    percent(errorWeight),
  ]);
  return table(['layer', 'operator', 'from', 'to', 'scale', 'zero point', 'SNR dB', 'error'], rows);
}

/** Checked before the long work begins. */
function bundleIdentity(args: QuantizeArguments): { readonly name: string; readonly version: string } {
  const identity = { name: args.name ?? basename(args.out), version: args['bundle-version'] };
  const parsed = manifestSchema.pick({ name: true, version: true }).safeParse(identity);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const key = path[0] === 'name' ? 'name' : 'version';
  throw new InkError('INK_USAGE', `A bundle cannot have the ${key} "${identity[key]}": ${message}.`);
}
