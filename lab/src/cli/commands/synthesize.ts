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

/** `npm run lab -- synthesize`: the crops that the classifier learns from. */
export const synthesizeCommand = (terminal: Terminal): CommandModule<object, SynthesizeArguments> => ({
  command: 'synthesize',
  describe: "Render frames and write the crops that vision proposes in them, after MNIST's, as IDX files",
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', demandOption: true, describe: 'Folder to write into' })
      .option('frames', { type: 'number', default: 8000, describe: 'Frames to render' })
      .option('negatives', { type: 'string', describe: 'Folder of photographs that hold no digit' })
      .option('cuts', { type: 'number', default: 20, describe: 'Frames that each job cuts from each photograph' })
      .option('check', {
        type: 'string',
        array: true,
        default: [],
        describe: 'Bundles; a crop whose label all of them contradict is left out',
      })
      .option('seed', { type: 'number', default: 1, describe: 'Decides what the frames show' })
      .option('jobs', { type: 'number', default: 2, describe: 'Threads' })
      .example('$0 synthesize --out runs/crops --seed 7', 'MNIST, and crops of 8,000 frames')
      .example(
        '$0 synthesize --out runs/crops --negatives photos --check models/digits models/lenet',
        'More of none, and no label that both models contradict',
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
