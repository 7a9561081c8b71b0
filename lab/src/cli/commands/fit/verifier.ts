import { count, type ExitCode, needsWhole, percent, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { runVerifierTraining, VERIFIER_LEARNING_RATE, type VerifierReport } from '../../../fit/index.js';
import { Progress } from '../../progress.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { FRAMES, JOBS, LEFT_OUT, MIN_SPOT, words } from './options.js';

interface VerifierArguments {
  readonly bundle: string;
  readonly frames: readonly string[];
  readonly 'left-out': string;
  readonly 'min-spot': number;
  readonly jobs: number;
  readonly steps: number;
  readonly rate: number;
  readonly start: string | undefined;
  readonly seed: number;
  readonly threads: number;
  readonly out: string;
}

/** `npm run lab -- fit verifier`: trains the verifier, the network that looks at the picture around a candidate. */
export const fitVerifierCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, VerifierArguments> => ({
  command: 'verifier',
  describe: 'Train the verifier, the network that looks at the picture around a candidate',
  builder: (yargs) =>
    yargs
      .option('bundle', { type: 'string', demandOption: true, describe: 'Bundle whose spotter finds the candidates' })
      .option('frames', FRAMES)
      .option('left-out', LEFT_OUT)
      .option('min-spot', MIN_SPOT)
      .option('jobs', JOBS)
      .option('steps', { type: 'number', default: 20000, describe: 'Number of steps; each uses 64 pictures' })
      .option('rate', { type: 'number', default: VERIFIER_LEARNING_RATE, describe: 'Highest learning rate' })
      .option('start', { type: 'string', describe: 'Weights of an earlier training to start from' })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the initial weights and the pictures' })
      .option('threads', { type: 'number', default: 2, describe: 'Number of threads of the engine' })
      .option('out', { type: 'string', demandOption: true, describe: 'Output file for the weights (.safetensors)' })
      .example('$0 fit verifier --bundle runs/b --frames runs/a.frames --out runs/v.safetensors', ''),
  handler: async (args) => {
    const { bundle, frames, jobs, steps, rate, start, seed, threads, out } = args;
    for (const key of ['steps', 'jobs', 'threads'] as const) needsWhole(key, args[key]);
    needsWhole('seed', seed, 0);
    if (!(rate > 0)) throw new InkError('INK_USAGE', `--rate must be above 0, not ${rate}.`);
    // Each begins with its work, so that it tells the time that is left of that alone.
    let seeing: Progress | undefined;
    let learning: Progress | undefined;
    const onReport = ({ step, loss, accuracy }: VerifierReport): void => {
      learning ??= new Progress(terminal, steps, 'steps');
      learning.update(step, `loss ${loss.toFixed(4)}, right ${percent(accuracy)}`);
    };
    const options = {
      ...{ bundle, frames, leftOut: words(args['left-out']), minSpotLogOdds: args['min-spot'], jobs, steps },
      ...{ learningRate: rate, start, seed, threads, out, onReport },
      onFrames: (done: number, total: number): void => {
        seeing ??= new Progress(terminal, total, 'frames');
        seeing.update(done);
      },
    };
    const pictures = await untilInterrupted(terminal, exit, (signal) =>
      runVerifierTraining({ ...options, signal }),
    ).finally(() => {
      seeing?.close();
      learning?.close();
    });
    if (pictures !== undefined) terminal.print(`${out}: ${count(steps)} steps on ${count(pictures)} pictures`);
  },
});
