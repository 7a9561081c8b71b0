import { count, percent, type Terminal, table } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { type Dataset, inversionWarnings, type OpenCharacterReader } from '../../data/index.js';
import { compareWithChance, evaluate, type Score } from '../../evaluation/index.js';
import { type EngineArguments, withEngineOptions } from '../engine-options.js';
import { openPredictor } from '../open-predictor.js';
import { DATA_OPTION, testPicturesFor } from '../test-pictures.js';

interface EvaluateArguments extends EngineArguments {
  readonly target: string;
  readonly data: string | undefined;
  readonly json: boolean;
}

/** `inkcast-train evaluate`: measures the accuracy of a model on test pictures. */
export const evaluateCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, EvaluateArguments> => ({
  command: 'evaluate <target>',
  describe: 'Measure accuracy, loss, recall, precision and confusion matrix on test pictures',
  builder: (yargs) =>
    withEngineOptions(yargs)
      .positional('target', {
        type: 'string',
        demandOption: true,
        describe: 'A bundle or a .tflite file (int8, in TensorFlow Lite), or a run folder or weights (float)',
      })
      .option('data', DATA_OPTION)
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object' })
      .example('$0 evaluate models/digits', "The shipped model on MNIST's 10,000 test pictures")
      .example('$0 evaluate runs/lenet-20260102-030405 --json', 'The float weights of a run'),
  handler: async (args) => {
    const dataset = await testPicturesFor(args.target, args.data, openReader);
    const predictor = await openPredictor(args.target, args);
    try {
      const begin = performance.now();
      const score = await evaluate(predictor, dataset);
      const seconds = (performance.now() - begin) / 1000;
      for (const warning of warningsOn(score, dataset)) terminal.note(`Warning: ${warning}`);
      const { name, labels } = predictor;
      if (args.json) terminal.print(JSON.stringify({ model: name, dataset: dataset.name, labels, ...score, seconds }));
      else printScore(terminal, `${name} on ${dataset.name}`, score, labels);
    } finally {
      await predictor.close();
    }
  },
});

/** What can be wrong where a trained model knows nothing: mostly the pictures. */
function warningsOn(score: Score, dataset: Dataset): readonly string[] {
  if (compareWithChance(score) !== 'chance') return inversionWarnings(dataset);
  const unknowing = `The model is no better than chance on ${dataset.name}. Look at the pictures with inkcast-train data preview.`;
  return [unknowing, ...inversionWarnings(dataset)];
}

function printScore(terminal: Terminal, title: string, score: Score, labels: readonly string[]): void {
  terminal.print(
    `${title}: accuracy ${percent(score.accuracy)}, loss ${score.loss.toFixed(4)} over ${count(score.images)} pictures\n`,
  );
  const classes = score.classes.map(({ label, images, correct, recall, precision }) => [
    label,
    count(images),
    count(images - correct),
    percent(recall),
    percent(precision),
  ]);
  terminal.print(`${table(['label', 'pictures', 'errors', 'recall', 'precision'], classes)}\n`);
  const confusion = score.confusion.map((row, index) => [labels[index], ...row.map((value) => String(value))]);
  terminal.print(table(['true \\ predicted', ...labels], confusion));
}
