import { count, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { makeReplay } from '../../replay/index.js';

interface ReplayArguments {
  readonly bundle: string;
  readonly frames: number;
  readonly check: readonly string[];
  readonly seed: number;
  readonly jobs: number;
}

/** `npm run lab -- replay`: the pictures with which a bundle's model learns something new without forgetting. */
export const replayCommand = (terminal: Terminal): CommandModule<object, ReplayArguments> => ({
  command: 'replay <bundle>',
  describe: 'Put a replay set into a bundle, of MNIST and of crops that vision proposes in rendered frames',
  builder: (yargs) =>
    yargs
      .positional('bundle', { type: 'string', demandOption: true, describe: 'Folder of the bundle' })
      .option('frames', { type: 'number', default: 240, describe: 'Number of frames to render' })
      .option('check', {
        type: 'string',
        array: true,
        default: [],
        describe: 'Bundles; a crop is left out if all of them contradict its label',
      })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of frames and choice' })
      .option('jobs', { type: 'number', default: 2, describe: 'Number of threads' })
      .example('$0 replay models/digits --check models/digits models/lenet', 'The replay set that ships'),
  handler: async ({ bundle, ...options }) => {
    for (const name of ['frames', 'jobs'] as const) needsWhole(name, options[name]);
    needsWhole('seed', options.seed, 0);
    const made = await makeReplay(bundle, options, (frames) => terminal.note(`${frames} frames`));
    terminal.print(
      `${bundle}: ${count(made.learn)} pictures to learn from, ${count(made.hardTest)} of MNIST's test, ` +
        `${count(made.negatives)} negatives, ${count(made.bytes)} bytes`,
    );
  },
});
