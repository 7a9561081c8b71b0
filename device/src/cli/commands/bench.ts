import type { Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { type BackEndTime, modelStoreIn, timeBackEnds } from '../../inference/index.js';
import { type StateArguments, withStateOption } from '../state-option.js';

interface BenchArguments extends StateArguments {
  readonly what: string;
  readonly json: boolean;
}

/** `inkcast bench inference`: which back end is the fastest on this machine. */
export const benchCommand = (terminal: Terminal): CommandModule<object, BenchArguments> => ({
  command: 'bench <what>',
  describe: 'Measure what runs the model fastest on this machine',
  builder: (yargs) =>
    withStateOption(yargs)
      .positional('what', { type: 'string', choices: ['inference'], demandOption: true, describe: 'What to measure' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object' })
      .example('$0 bench inference', 'Microseconds a digit of each back end'),
  handler: async ({ json, state }) => {
    const times = await timeBackEnds(await modelStoreIn(state).inUse());
    if (json) terminal.print(JSON.stringify({ backEnds: times }));
    else for (const line of times.map(describe)) terminal.print(line);
    if (!times.some(({ microseconds }) => microseconds !== null)) {
      throw new InkError('INK_TFLITE_LIBRARY', 'No back end runs the model here.', { remedy: 'Run inkcast doctor.' });
    }
  },
});

function describe({ name, microseconds, reason }: BackEndTime): string {
  return microseconds === null ? `${name}: ${reason}` : `${name}: ${microseconds.toFixed(1)} us a digit (median)`;
}
