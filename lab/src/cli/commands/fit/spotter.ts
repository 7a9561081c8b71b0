import { count, type ExitCode, needsWhole, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { LEARNING_RATE, runSpotterTraining, type SpotterReport } from '../../../fit/index.js';
import { Progress } from '../../progress.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { FRAMES, LEFT_OUT, words } from './options.js';

interface SpotterArguments {
  readonly frames: readonly string[];
  readonly 'left-out': string;
  readonly steps: number;
  readonly rate: number;
  readonly seed: number;
  readonly start: string | undefined;
  readonly threads: number;
  readonly out: string;
}

/** `npm run lab -- fit spotter`: trains the spotter, the network that finds digits in whole frames. */
export const fitSpotterCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, SpotterArguments> => ({
  command: 'spotter',
  describe: 'Train the spotter, the network that finds digits in whole frames',
  builder: (yargs) =>
    yargs
      .option('frames', FRAMES)
      .option('left-out', LEFT_OUT)
      .option('steps', { type: 'number', default: 4000, describe: 'Number of steps; each uses 32 cuts' })
      .option('rate', { type: 'number', default: LEARNING_RATE, describe: 'Highest learning rate' })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the initial weights and the cuts' })
      .option('start', { type: 'string', describe: 'Weights to start from' })
      .option('threads', { type: 'number', default: 2, describe: 'Number of threads of the engine' })
      .option('out', { type: 'string', demandOption: true, describe: 'Output file for the weights (.safetensors)' })
      .example('$0 fit spotter --frames runs/a.frames --steps 4000 --out runs/one.safetensors', 'From scratch')
      .example(
        '$0 fit spotter --frames runs/a.frames runs/hard.frames --start runs/one.safetensors --rate 0.001 ' +
          '--out runs/two.safetensors',
        'A second round with additional hard frames',
      ),
  handler: async ({ frames, 'left-out': leftOut, steps, rate, seed, start, threads, out }) => {
    needsWhole('steps', steps);
    needsWhole('threads', threads);
    needsWhole('seed', seed, 0);
    if (!(rate > 0)) throw new InkError('INK_USAGE', `--rate must be above 0, not ${rate}.`);
    const progress = new Progress(terminal, steps, 'steps');
    const onReport = ({ step, heat, box }: SpotterReport): void =>
      progress.update(step, `heat ${heat.toFixed(4)}, box ${box.toFixed(4)}`);
    const run = { frames, leftOut: words(leftOut), steps, learningRate: rate, seed, start, threads, out, onReport };
    const learned = await untilInterrupted(terminal, exit, (signal) => runSpotterTraining({ ...run, signal })).finally(
      () => progress.close(),
    );
    if (learned !== undefined) terminal.print(`${out}: ${count(steps)} steps on cuts of ${count(learned)} frames`);
  },
});
