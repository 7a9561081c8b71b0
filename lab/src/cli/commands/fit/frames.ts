import { type ExitCode, count as inWords, needsWhole, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { isThere } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { writeFrames } from '../../../fit/index.js';
import { KINDS, type Kind, photographsIn } from '../../../synthesis/index.js';
import { Progress } from '../../progress.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { JOBS, words } from './options.js';

interface FramesArguments {
  readonly out: string;
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly kinds: string | undefined;
  readonly photographs: string | undefined;
  readonly cuts: number;
  readonly jobs: number;
}

/** `npm run lab -- fit frames`: the frames that everything else is fitted to. */
export const fitFramesCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, FramesArguments> => ({
  command: 'frames',
  describe: 'Draw frames to learn from, and cut some from photographs without a digit, into one file',
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', demandOption: true, describe: 'File to write' })
      .option('seed', { type: 'number', default: 1, describe: 'Decides what is drawn' })
      .option('first', { type: 'number', default: 0, describe: 'Number of the first frame' })
      .option('count', { type: 'number', default: 1000, describe: 'Frames to draw' })
      .option('kinds', { type: 'string', describe: `Only these kinds, with commas, of ${KINDS.join(', ')}` })
      .option('photographs', { type: 'string', describe: 'Folder of photographs that hold no digit' })
      .option('cuts', { type: 'number', default: 10, describe: 'Frames that are cut from each photograph' })
      .option('jobs', JOBS)
      .example('$0 fit frames --out runs/a.frames --seed 7 --count 2000', 'Two thousand frames of all kinds')
      .example('$0 fit frames --out runs/b.frames --kinds form,table --count 500', 'Forms and tables')
      .example('$0 fit frames --out runs/p.frames --count 0 --photographs walls --cuts 12', 'Photographs alone'),
  handler: async (args) => {
    const { out, seed, first, count, photographs, cuts, jobs } = args;
    needsWhole('seed', seed, 0);
    needsWhole('first', first, 0);
    needsWhole('count', count, photographs === undefined ? 1 : 0);
    needsWhole('cuts', cuts);
    needsWhole('jobs', jobs);
    if (photographs !== undefined && !(await isThere(photographs))) {
      throw new InkError('INK_FILE_UNREADABLE', `There is no folder ${photographs}.`);
    }
    const kinds = args.kinds === undefined ? KINDS : words(args.kinds).map(kindOf);
    const ofPhotographs = photographs === undefined ? 0 : cuts * (await photographsIn(photographs)).length;
    const progress = new Progress(terminal, count + ofPhotographs, 'frames');
    const written = await untilInterrupted(terminal, exit, (signal) =>
      writeFrames({ out, seed, first, count, kinds, photographs, cuts, jobs }, (done) => progress.update(done), signal),
    ).finally(() => progress.close());
    if (written !== undefined) terminal.print(`${out}: ${inWords(written)} frames`);
  },
});

function kindOf(name: string): Kind {
  const kind = KINDS.find((known) => known === name);
  if (kind !== undefined) return kind;
  throw new InkError('INK_USAGE', `There is no kind "${name}"; there are ${KINDS.join(', ')}.`);
}
