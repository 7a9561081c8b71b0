import { basename, dirname, join } from 'node:path';
import { count, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { makeFolder, replaceFile } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { exportHdf5, exportMicro, exportModelJson, exportTflite, WEIGHTS_FILE } from '../../exports/index.js';
import { openTrained } from '../../trainer/index.js';
import { openModelFile } from '../open-model-file.js';
import { madeWith } from '../versions.js';

const FORMATS = ['tflite', 'tflite-float16', 'h5', 'tfjs', 'micro'] as const;
type Format = (typeof FORMATS)[number];

interface ExportArguments {
  readonly source: string;
  readonly out: string;
  readonly format: Format | undefined;
}

/** `inkcast-train export`: writes a model for other programs. */
export const exportCommand = (terminal: Terminal): CommandModule<object, ExportArguments> => ({
  command: 'export <source>',
  describe: 'Write a model for Keras, TensorFlow.js, TensorFlow Lite or a microcontroller',
  builder: (yargs) =>
    yargs
      .positional('source', {
        type: 'string',
        demandOption: true,
        describe: 'A run folder, a bundle or a .safetensors file; for micro a bundle or an int8 .tflite file',
      })
      .option('out', {
        type: 'string',
        demandOption: true,
        describe: 'Output: name.tflite, name.h5, model.json, or a folder for the sketch',
      })
      .option('format', {
        choices: FORMATS,
        describe: 'Default: as the output ends; a folder gets a sketch for TensorFlow Lite for Microcontrollers',
      })
      .example('$0 export runs/lenet --out lenet.h5', 'For keras.models.load_model')
      .example('$0 export runs/lenet --out web/model.json', 'For tf.loadLayersModel, with weights.bin beside it')
      .example('$0 export runs/lenet --out lenet.tflite --format tflite-float16', 'Half the size of float32')
      .example('$0 export models/digits --out digits_sketch', 'A C array of the int8 model, with an Arduino sketch'),
  handler: async ({ source, out, format = formatOf(out) }) => {
    const written = await write(source, out, format);
    for (const [path, bytes] of written) terminal.print(`${path}: ${count(bytes)} bytes`);
  },
});

function formatOf(out: string): Format {
  if (out.endsWith('.tflite')) return 'tflite';
  if (out.endsWith('.h5')) return 'h5';
  if (out.endsWith('.json')) return 'tfjs';
  if (!basename(out).includes('.')) return 'micro';
  throw new InkError('INK_USAGE', `Nothing says what ${out} is to be.`, {
    remedy: `Add --format ${FORMATS.join('|')}.`,
  });
}

type Written = readonly (readonly [path: string, bytes: number])[];

async function write(source: string, out: string, format: Format): Promise<Written> {
  if (format === 'micro') return writeMicro(source, out);
  const trained = await openTrained(source);
  switch (format) {
    case 'h5':
      return save(out, await exportHdf5(trained));
    case 'tfjs': {
      const { json, weights } = exportModelJson(trained, `Inkcast v${madeWith().inkcast}`);
      return [...(await save(out, Buffer.from(json))), ...(await save(join(dirname(out), WEIGHTS_FILE), weights))];
    }
    case 'tflite':
    case 'tflite-float16': {
      const identity = { name: trained.network.name, version: '1.0.0' };
      return save(out, exportTflite(trained, identity, format === 'tflite' ? 'float32' : 'float16'));
    }
  }
}

async function writeMicro(source: string, out: string): Promise<Written> {
  const { model, labels } = await openModelFile(source);
  const { files } = exportMicro(model, basename(out), labels);
  await makeFolder(out);
  const written = await Promise.all([...files].map(([name, text]) => save(join(out, name), Buffer.from(text))));
  return written.flat();
}

async function save(path: string, bytes: Uint8Array): Promise<Written> {
  await replaceFile(path, bytes);
  return [[path, bytes.length]];
}
