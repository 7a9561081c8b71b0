import { count, needsWhole, percent, type Terminal, table } from '@inkcast/shared/cli';
import { replaceFile } from '@inkcast/shared/files';
import type { Argv, CommandModule } from 'yargs';
import {
  Augmenter,
  type Dataset,
  dataSourceFor,
  datasetStatistics,
  inversionWarnings,
  type OpenCharacterReader,
  previewSheet,
  readDataSource,
  TUTORIAL_AUGMENTATION,
  trainingWarnings,
} from '../../data/index.js';
import { readRecipe } from '../../recipe/index.js';

interface SourceArguments {
  readonly source: string;
  readonly test: boolean;
}

interface StatsArguments extends SourceArguments {
  readonly json: boolean;
}

interface PreviewArguments extends SourceArguments {
  readonly out: string;
  readonly columns: number;
  readonly seed: number;
  readonly augment: boolean;
  readonly recipe: string | undefined;
}

/** A sheet of some ten thousand pixels. */
const MAX_COLUMNS = 200;

/** `inkcast-train data`: shows a data set before training. */
export const dataCommand = (terminal: Terminal, openReader: OpenCharacterReader): CommandModule => ({
  command: 'data',
  describe: 'Show the statistics or the pictures of a data set',
  builder: (yargs) =>
    yargs
      .command(statsCommand(terminal, openReader))
      .command(previewCommand(terminal, openReader))
      .demandCommand(1, 'Say what to do with the data: stats or preview.'),
  handler: () => {},
});

const withSource = <T>(yargs: Argv<T>) =>
  yargs
    .positional('source', {
      type: 'string',
      default: 'mnist',
      describe: 'mnist, an IDX file, a folder of IDX files, or a folder with one folder of pictures per class',
    })
    .option('test', {
      type: 'boolean',
      default: false,
      describe: 'Use the test pictures instead of the training pictures',
    });

const statsCommand = (terminal: Terminal, openReader: OpenCharacterReader): CommandModule<object, StatsArguments> => ({
  command: 'stats [source]',
  describe: 'Count pictures, classes, blank pictures and duplicates',
  builder: (yargs) =>
    withSource(yargs)
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('$0 data stats', 'MNIST')
      .example('$0 data stats my-letters --json', 'A folder with one folder of pictures per class'),
  handler: async (args) => {
    const dataset = await readPart(args, openReader);
    const statistics = datasetStatistics(dataset);
    for (const warning of args.test ? inversionWarnings(dataset) : trainingWarnings(dataset)) {
      terminal.note(`Warning: ${warning}`);
    }
    if (args.json) {
      terminal.print(JSON.stringify(statistics));
      return;
    }
    const { name, pictures, width, height, classes, mean, deviation, inkShare } = statistics;
    terminal.print(`${name}: ${count(pictures)} pictures of ${width}x${height}, ${classes.length} classes`);
    terminal.print(
      `ink: mean ${mean.toFixed(4)}, deviation ${deviation.toFixed(4)}, on ${percent(inkShare)} of pixels`,
    );
    terminal.print(
      `blank: ${statistics.blank}; repeated: ${statistics.duplicates}, ${statistics.contradictions} of them under another label\n`,
    );
    const rows = classes.map((entry) => [entry.name, count(entry.pictures), percent(entry.share)]);
    terminal.print(table(['class', 'pictures', 'share'], rows));
  },
});

const previewCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, PreviewArguments> => ({
  command: 'preview [source]',
  describe: 'Write a PNG with sample pictures, one row per class',
  builder: (yargs) =>
    withSource(yargs)
      .option('out', { type: 'string', default: 'preview.png', describe: 'Output file' })
      .option('columns', { type: 'number', default: 16, describe: 'Pictures per class' })
      .option('seed', { type: 'number', default: 1, describe: 'Seed for the choice of pictures' })
      .option('augment', { type: 'boolean', default: false, describe: "Apply the tutorial's augmentation" })
      .option('recipe', { type: 'string', describe: "Apply this recipe's augmentation" })
      .example('$0 data preview --out mnist.png', 'Sample pictures of MNIST')
      .example('$0 data preview --augment', 'Sample pictures after rotation, zoom and shift'),
  handler: async (args) => {
    const { out, columns, seed, augment, recipe } = args;
    needsWhole('columns', columns, 1, MAX_COLUMNS);
    needsWhole('seed', seed, 0);
    const dataset = await readPart(args, openReader);
    const steps =
      recipe === undefined ? (augment ? TUTORIAL_AUGMENTATION : []) : (await readRecipe(recipe)).augmentation;
    const [height, width] = dataset.shape;
    const augmenter = new Augmenter(steps, { width, height }, seed);
    const change = (picture: Float32Array, index: number) => augmenter.augment(picture, 0, index);
    await replaceFile(out, await previewSheet(dataset, { columns, seed, change }));
    terminal.print(`${out}: rows from top to bottom are ${dataset.classes.join(', ')}`);
  },
});

/** The test pictures or the training pictures of the source, or all pictures if it has no test pictures. */
async function readPart({ source, test }: SourceArguments, openReader: OpenCharacterReader): Promise<Dataset> {
  const pair = await readDataSource(await dataSourceFor(source), openReader);
  return test ? (pair.test ?? pair.train) : pair.train;
}
