import { count, type ExitCode, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { checkFrameFiles, countOf, mineFrames } from '../../../fit/index.js';
import { Progress } from '../../progress.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { FRAMES, JOBS } from './options.js';

interface MineArguments {
  readonly bundle: string;
  readonly frames: readonly string[];
  readonly out: string;
  readonly jobs: number;
}

/** `npm run lab -- fit mine`: the frames that the present reader fails at. */
export const fitMineCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, MineArguments> => ({
  command: 'mine',
  describe: 'Keep the frames in which a bundle reads something false or misses a digit, for another round',
  builder: (yargs) =>
    yargs
      .option('bundle', { type: 'string', demandOption: true, describe: 'Folder of the bundle' })
      .option('frames', FRAMES)
      .option('out', { type: 'string', demandOption: true, describe: 'File of frames to write' })
      .option('jobs', JOBS)
      .example('$0 fit mine --bundle runs/bundle --frames runs/new.frames --out runs/hard.frames', ''),
  handler: async ({ bundle, frames: files, out, jobs }) => {
    needsWhole('jobs', jobs);
    const total = countOf(await checkFrameFiles(files), () => true);
    const progress = new Progress(terminal, total, 'frames');
    const update = (done: number): void => progress.update(done);
    const mined = await untilInterrupted(terminal, exit, (signal) =>
      mineFrames({ bundle, files, out, jobs, progress: update, signal }),
    ).finally(() => progress.close());
    if (mined !== undefined) terminal.print(`${out}: ${count(mined.kept)} of ${count(mined.of)} frames`);
  },
});
