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

/** `npm run lab -- scenes`: makes the sample scenes anew. */
export const scenesCommand = (terminal: Terminal): CommandModule<object, ScenesArguments> => ({
  command: 'scenes',
  describe: 'Render camera-like sample scenes from MNIST test digits, with labels',
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', default: 'assets/scenes', describe: 'Folder to write into' })
      .option('seed', { type: 'number', default: SHIPPED_SEED, describe: 'Decides digits, pens, paper and light' })
      .example('$0 scenes --out my-scenes --seed 7', 'Scenes of your own'),
  handler: async ({ out, seed }) => {
    needsWhole('seed', seed, 0);
    const files = await writeScenes(out, DEMO_OCCASIONS, await readMnistTest(), 'MNIST test pictures', seed);
    terminal.print(`${out}: ${files.length} scenes, photos/labels.json and negatives/sources.json`);
  },
});
