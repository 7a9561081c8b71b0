import { count, needsWhole, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { isThere } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { writeCrops } from '../../crops/index.js';

interface SynthesizeArguments {
  readonly out: string;
  readonly frames: number;
  readonly negatives: string | undefined;
  readonly cuts: number;
  readonly check: readonly string[];
  readonly seed: number;
  readonly jobs: number;
}

/** `npm run lab -- synthesize`: writes the training crops of the classifier. */
export const synthesizeCommand = (terminal: Terminal): CommandModule<object, SynthesizeArguments> => ({
  command: 'synthesize',
  describe: 'Write MNIST and the crops that vision proposes in rendered frames, as IDX files',
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', demandOption: true, describe: 'Output folder' })
      .option('frames', { type: 'number', default: 8000, describe: 'Number of frames to render' })
      .option('negatives', { type: 'string', describe: 'Folder of photographs without digits' })
      .option('cuts', {
        type: 'number',
        default: 20,
        describe: 'Number of frames that each job cuts from each photograph',
      })
      .option('check', {
        type: 'string',
        array: true,
        default: [],
        describe: 'Bundles; a crop is left out if all of them contradict its label',
      })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the frames' })
      .option('jobs', { type: 'number', default: 2, describe: 'Number of threads' })
      .example('$0 synthesize --out runs/crops --seed 7', 'MNIST and the crops of 8,000 frames')
      .example(
        '$0 synthesize --out runs/crops --negatives photos --check models/digits models/lenet',
        'With more none crops, and without labels that both models contradict',
      ),
  handler: async ({ out, ...options }) => {
    for (const name of ['frames', 'cuts', 'jobs'] as const) needsWhole(name, options[name]);
    needsWhole('seed', options.seed, 0);
    if (options.negatives !== undefined && !(await isThere(options.negatives))) {
      throw new InkError('INK_FILE_UNREADABLE', `There is no folder ${options.negatives}.`);
    }
    const written = await writeCrops(out, options, (frames) => terminal.note(`${frames} frames`));
    const { mnist, digits, none, frames, leftOut } = written;
    terminal.print(
      `${out}: ${count(mnist)} MNIST pictures, ${count(digits)} digits and ${count(none)} none of ${count(frames)} ` +
        `frames, ${count(leftOut)} left out`,
    );
  },
});
