import { needsWhole, type Terminal } from '@inkcast/shared/cli';
import { readMnistTest } from '@inkcast/training/data';
import type { CommandModule } from 'yargs';
import { DEMO_OCCASIONS, writeScenes } from '../../synthesis/index.js';

/** The seed of the scenes that are shipped. */
const SHIPPED_SEED = 3;

interface ScenesArguments {
  readonly out: string;
  readonly seed: number;
}

/** `npm run lab -- scenes`: renders the sample scenes again. */
export const scenesCommand = (terminal: Terminal): CommandModule<object, ScenesArguments> => ({
  command: 'scenes',
  describe: 'Render labelled sample scenes with MNIST test digits',
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', default: 'assets/scenes', describe: 'Output folder' })
      .option('seed', { type: 'number', default: SHIPPED_SEED, describe: 'Seed of digits, pens, paper and light' })
      .example('$0 scenes --out my-scenes --seed 7', 'Other scenes in another folder'),
  handler: async ({ out, seed }) => {
    needsWhole('seed', seed, 0);
    const files = await writeScenes(out, DEMO_OCCASIONS, await readMnistTest(), 'MNIST test pictures', seed);
    terminal.print(`${out}: ${files.length} scenes, photos/labels.json and negatives/sources.json`);
  },
});
