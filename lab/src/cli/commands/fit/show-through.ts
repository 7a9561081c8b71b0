import { type ExitCode, count as inWords, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { writeShowThrough } from '../../../fit/index.js';
import { Progress } from '../../progress.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { FRAMES } from './options.js';

interface ShowThroughArguments {
  readonly frames: readonly string[];
  readonly back: readonly string[];
  readonly out: string;
  readonly seed: number;
  readonly count: number;
}

/** `npm run lab -- fit show-through`: writes frames of pages whose back shows through. */
export const fitShowThroughCommand = (
  terminal: Terminal,
  exit: ExitCode,
): CommandModule<object, ShowThroughArguments> => ({
  command: 'show-through',
  describe: 'Write copies of frames in which the mirrored back of the page shows through',
  builder: (yargs) =>
    yargs
      .option('frames', { ...FRAMES, describe: 'Files of frames for the pages' })
      .option('back', { ...FRAMES, describe: 'Files of frames for the backs' })
      .option('out', { type: 'string', demandOption: true, describe: 'Output file' })
      .option('seed', {
        type: 'number',
        default: 1,
        describe: 'Seed for the choice of pages and backs, the strength and the place',
      })
      .option('count', { type: 'number', default: 200, describe: 'Number of frames' })
      .example(
        '$0 fit show-through --frames runs/a.frames --back runs/b.frames --seed 32 --count 200 --out runs/s.frames',
        'Two hundred pages of one file, with backs of another',
      ),
  handler: async ({ frames, back, out, seed, count }) => {
    needsWhole('seed', seed, 0);
    needsWhole('count', count);
    const progress = new Progress(terminal, count, 'frames');
    const work = { pages: frames, backs: back, out, seed, count };
    const written = await untilInterrupted(terminal, exit, async (signal) => {
      await writeShowThrough(work, (done) => progress.update(done), signal);
      return true;
    }).finally(() => progress.close());
    if (written !== undefined) terminal.print(`${out}: ${inWords(count)} frames`);
  },
});
