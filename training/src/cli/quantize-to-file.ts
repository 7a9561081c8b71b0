import { count, percent, type Terminal, table } from '@inkcast/shared/cli';
import { replaceFile } from '@inkcast/shared/files';
import { openTfLite } from '@inkcast/shared/tflite';
import { bundleContent, type FinishedRun, quantizeRun, writeBundle } from '../bundle/index.js';
import { compareWithChance, evaluate, startNetworkPredictor } from '../evaluation/index.js';
import type { LayerReport } from '../quantization/index.js';
import { threadsOption } from './engine-options.js';
import { bundleIdentity, isModelFile, type QuantizeOptions } from './quantize-options.js';

/** Quantizes weights, scores them in float and in int8, writes the bundle or the .tflite file, and prints the results. */
export async function quantizeToFile(terminal: Terminal, run: FinishedRun, options: QuantizeOptions): Promise<void> {
  const identity = bundleIdentity(options);
  const { out, calibration, images, interface: interfaceType, 'max-weight': maxWeight } = options;
  const { trained, test, doubt } = run;
  if (doubt !== undefined) terminal.note(doubt);
  terminal.note(
    `Scoring ${trained.network.name} in float on ${count(test.labels.length)} test pictures of ${test.name}`,
  );
  const network = await startNetworkPredictor(trained, { backend: options.backend, ...threadsOption(options) });
  const float = await evaluate(network, test).finally(() => network.close());
  terminal.note(`Calibrating on ${count(images)} training pictures, quantizing and scoring in int8`);
  const library = openTfLite();
  const settings = {
    ...identity,
    method: calibration,
    images,
    interfaceType,
    correctsBiases: options['correct-biases'],
    roundsByError: options['round-by-error'],
    ...(maxWeight === undefined ? {} : { maxWeight }),
  };
  const { quantized, score: int8 } = await quantizeRun(library, run, settings).finally(() => library.close());
  if (isModelFile(out)) await replaceFile(out, quantized.model);
  else await writeBundle(out, bundleContent({ ...run, ...identity }, quantized, { float, int8 }, new Date()));
  const { model, layers, temperature, expectedCalibrationError } = quantized;
  terminal.print(`${layerTable(layers)}\n`);
  const lost = (100 * (float.accuracy - int8.accuracy)).toFixed(2);
  terminal.print(`accuracy: float ${percent(float.accuracy)}, int8 ${percent(int8.accuracy)} (${lost} points less)`);
  for (const [what, score] of [
    ['in float', float],
    ['in int8', int8],
  ] as const) {
    if (compareWithChance(score) !== 'better')
      terminal.note(`Warning: ${what} the model is no better than chance on ${test.name}.`);
  }
  terminal.print(`loss: float ${float.loss.toFixed(4)}, int8 ${int8.loss.toFixed(4)}`);
  const [before, after] = [expectedCalibrationError.before, expectedCalibrationError.after].map(percent);
  terminal.print(`temperature: ${temperature.toFixed(3)}; expected calibration error ${before} without, ${after} with`);
  terminal.print(`${out}: ${identity.name}@${identity.version}, a model of ${count(model.length)} bytes`);
}

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
