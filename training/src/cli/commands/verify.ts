import { count, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite } from '@inkcast/shared/tflite';
import { readTflite } from '@inkcast/shared/tflite-file';
import type { CommandModule } from 'yargs';
import { type Dataset, type OpenCharacterReader, subset } from '../../data/index.js';
import { startNetworkPredictor, startTflitePredictor } from '../../evaluation/index.js';
import { importModel } from '../../model-import/index.js';
import { checkEdgeTpu, keepsLabels, verifyFloat, verifyModel } from '../../verification/index.js';
import { type ModelFile, openModelFile } from '../open-model-file.js';
import { DATA_OPTION, testPicturesFor } from '../test-pictures.js';
import { explanationText, labelWarning, verificationTable } from '../verification-text.js';

interface VerifyArguments {
  readonly target: string;
  readonly data: string | undefined;
  readonly images: number | undefined;
  readonly edgetpu: boolean;
  readonly json: boolean;
}

/** Pictures between two lines of progress. */
const LINE_EVERY = 2000;

/** `inkcast-train verify`: checks that a model computes what the specification says, or that it suits the Edge TPU. */
export const verifyCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, VerifyArguments> => ({
  command: 'verify <target>',
  describe: 'Compare TensorFlow Lite with the integer reference on an int8 model, or check the rules of the Edge TPU',
  builder: (yargs) =>
    yargs
      .positional('target', { type: 'string', demandOption: true, describe: 'A bundle or a .tflite file' })
      .option('data', DATA_OPTION)
      .option('images', { type: 'number', describe: 'Use only this number of pictures' })
      .option('edgetpu', { type: 'boolean', default: false, describe: 'Check the rules of the Edge TPU instead' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object' })
      .example('$0 verify models/digits', "The shipped model on MNIST's 10,000 test pictures")
      .example(
        '$0 verify models/digits --edgetpu',
        "Whether Google's compiler can map the whole model to the Edge TPU",
      ),
  handler: async (args) => {
    const model = await openModelFile(args.target);
    if (args.edgetpu) printEdgeTpu(terminal, args, model);
    else if (computesInFloat(model)) await printFloat(terminal, args, model, await readPictures(args, openReader));
    else printVerification(terminal, args, model, await readPictures(args, openReader));
  },
});

async function readPictures(
  { target, data, images }: VerifyArguments,
  openReader: OpenCharacterReader,
): Promise<Dataset> {
  const dataset = await testPicturesFor(target, data, openReader);
  if (images === undefined) return dataset;
  if (!Number.isInteger(images) || images < 1) {
    throw new InkError('INK_USAGE', `--images must be a whole number above 0, not ${images}.`);
  }
  return subset(
    dataset,
    Array.from({ length: Math.min(images, dataset.labels.length) }, (_, index) => index),
  );
}

function printVerification(
  terminal: Terminal,
  args: VerifyArguments,
  { name, model }: ModelFile,
  dataset: Dataset,
): void {
  const all = dataset.labels.length;
  const library = openTfLite();
  try {
    const verifications = verifyModel(library, model, dataset, (done) => {
      if (done % LINE_EVERY === 0) terminal.note(`${count(done)} of ${count(all)} pictures`);
    });
    if (args.json) {
      const head = { model: name, dataset: dataset.name, pictures: all, library: library.version };
      terminal.print(JSON.stringify({ ...head, verifications }));
    } else {
      terminal.print(`${name}, TensorFlow Lite ${library.version} beside the integer reference, ${dataset.name}:\n`);
      terminal.print(verificationTable(verifications));
      for (const { explanation, agreement } of verifications) {
        if (explanation !== undefined && agreement !== null) terminal.print(explanationText(explanation, agreement));
      }
    }
    for (const { kernels, agreement } of verifications) {
      if (agreement !== null && !keepsLabels(agreement)) terminal.note(labelWarning(kernels, agreement));
    }
    const failed = verifications.filter(({ isWithinLimits }) => !isWithinLimits).map(({ kernels }) => kernels);
    if (failed.length === 0) return;
    throw new InkError('INK_VERIFY_FAILED', `${name} differs too much from the reference: ${failed.join(', ')}.`);
  } finally {
    library.close();
  }
}

/** Whether a model has weights for float32, hybrid or not: the integer reference cannot follow it. */
function computesInFloat({ model }: ModelFile): boolean {
  const { operators, tensors } = readTflite(model);
  const weighted = operators.filter(({ kind }) => ['conv2d', 'depthwiseConv2d', 'fullyConnected'].includes(kind));
  return weighted.some(({ outputs }) => tensors[outputs[0]].type === 'float32');
}

async function printFloat(
  terminal: Terminal,
  { json }: VerifyArguments,
  file: ModelFile,
  pictures: Dataset,
): Promise<void> {
  const { trained } = await importModel(file.path, { labels: file.labels });
  const network = await startNetworkPredictor(trained, { backend: 'wasm' });
  const model = startTflitePredictor(file);
  try {
    const verification = await verifyFloat(model, network, pictures);
    const { outputs, sameLabel, largestDifference, isWithinLimits } = verification;
    if (json) terminal.print(JSON.stringify({ model: file.name, dataset: pictures.name, ...verification }));
    else {
      terminal.print(
        `${file.name} computes in float32. Beside the network of its weights on ${pictures.name}: ${count(sameLabel)} of ${count(outputs)} labels are the same, and a probability differs by at most ${largestDifference.toPrecision(2)}.`,
      );
    }
    if (!isWithinLimits) throw new InkError('INK_VERIFY_FAILED', `${file.name} differs too much from its network.`);
  } finally {
    await network.close();
    await model.close();
  }
}

function printEdgeTpu(terminal: Terminal, { json }: VerifyArguments, { name, path, model }: ModelFile): void {
  const violations = checkEdgeTpu(readTflite(model));
  if (json) terminal.print(JSON.stringify({ model: name, violations }));
  else for (const { rule, where, reason } of violations) terminal.print(`${rule}: ${where}: ${reason}`);
  if (violations.length > 0) {
    throw new InkError('INK_VERIFY_FAILED', `${name} breaks ${violations.length} rules of the Edge TPU.`);
  }
  if (json) return;
  terminal.print(`${name} breaks none of the Edge TPU's published rules.`);
  terminal.print(`Compile it on x64 Debian with: edgetpu_compiler --show_operations ${path}`);
}
