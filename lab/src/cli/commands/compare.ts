import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { bundleFolder } from '../../models/index.js';
import { type Comparison, compareParts, picturesIn } from '../../parts/index.js';

interface CompareArguments {
  readonly folders: readonly string[];
  readonly model: string | undefined;
  readonly json: boolean;
}

/** Pictures between two lines of progress. */
const PROGRESS_EVERY = 20;

/** `npm run lab -- compare`: shows that the small parts read as the default ones do. */
export const compareCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, CompareArguments> => ({
  command: 'compare <folders..>',
  describe: 'Compare the readings of the default parts with those of the small ones',
  builder: (yargs) =>
    yargs
      .positional('folders', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Folders with pictures, also in folders within them',
      })
      .option('model', {
        type: 'string',
        describe: 'Folder of a bundle; default: $INKCAST_BENCH_MODEL, or the shipped one',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object' })
      .example('$0 compare assets/scenes', 'OpenCV and TensorFlow Lite beside the kernels and the engine of Inkcast')
      .epilogue('The exit code is 1 if any picture is read otherwise.'),
  handler: async ({ folders, model, json }) => {
    const files = (await Promise.all(folders.map(picturesIn))).flat();
    const progress = (count: number): void => {
      if (count % PROGRESS_EVERY === 0) terminal.note(`${count} of ${files.length} pictures`);
    };
    const compared = await compareParts(files, bundleFolder(model), progress);
    if (compared.others.length + compared.alike.length > 0) exit.code = 1;
    for (const line of json ? [JSON.stringify(compared)] : describe(compared)) terminal.print(line);
  },
});

function describe({ model, pictures, digits, others, alike }: Comparison): string[] {
  const same = pictures - others.length - alike.length;
  return [
    `${model}: ${same} of ${pictures} pictures are read the same by both, with every box and confidence; ${digits} digits`,
    ...others.map(
      ({ file, defaults, small }) => `${file}: ${flat(defaults)} by default, ${flat(small)} by the small parts`,
    ),
    ...alike.map((file) => `${file}: the same digits, but another box, confidence or rejection`),
  ];
}

const flat = (text: string): string => text.replaceAll('\n', ' / ') || 'nothing';
