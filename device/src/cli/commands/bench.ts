import type { BundleVerifier, SpotterSize } from '@inkcast/shared/bundle';
import type { Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { type BackEndTime, companionsOf, modelStoreIn, timeBackEnds } from '../../inference/index.js';
import { type StateArguments, withStateOption } from '../state-option.js';

interface BenchArguments extends StateArguments {
  readonly what: string;
  readonly json: boolean;
}

const DIGIT_ROUNDS = 500;
/** A picture takes about a thousand times as long as a digit. */
const PICTURE_ROUNDS = 20;

/**
 * `inkcast bench inference`: compares the speed of the back ends on this machine for each network of the model in use.
 */
export const benchCommand = (terminal: Terminal): CommandModule<object, BenchArguments> => ({
  command: 'bench <what>',
  describe: 'Measure which back end is fastest on this machine',
  builder: (yargs) =>
    withStateOption(yargs)
      .positional('what', { type: 'string', choices: ['inference'], demandOption: true, describe: 'What to measure' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object' })
      .example('$0 bench inference', 'Microseconds a digit, and milliseconds a picture, of each back end'),
  handler: async ({ json, state }) => {
    const bundle = await modelStoreIn(state).inUse();
    const backEnds = await timeBackEnds({ ...bundle, shape: bundle.manifest.input.shape, rounds: DIGIT_ROUNDS });
    const companions = await companionsOf(bundle);
    const verifier = companions.verifier && (await timesOf(companions.verifier));
    const spotters: SpotterTimes[] = [];
    for (const { description, model } of companions.spotters) {
      const { size, input } = description;
      const [, height, width] = input.shape;
      const times = await timeBackEnds({ model, shape: input.shape, rounds: PICTURE_ROUNDS });
      spotters.push({ size, height, width, backEnds: times });
    }
    if (json) terminal.print(JSON.stringify({ backEnds, spotters, verifier }));
    else {
      const more = verifier?.map((time) => describe({ ...time, name: `${time.name}, verifier` }, 'a candidate')) ?? [];
      const lines = [...backEnds.map((time) => describe(time)), ...spotters.flatMap(describeSpotter), ...more];
      for (const line of lines) terminal.print(line);
    }
    if (!backEnds.some(({ microseconds }) => microseconds !== null)) {
      throw new InkError('INK_TFLITE_LIBRARY', 'No back end runs the model here.', { remedy: 'Run inkcast doctor.' });
    }
  },
});

/** The speed of the back ends for one spotter. */
interface SpotterTimes {
  readonly size: SpotterSize;
  /** Of the picture, in pixels. */
  readonly height: number;
  readonly width: number;
  readonly backEnds: readonly BackEndTime[];
}

function describeSpotter({ size, height, width, backEnds }: SpotterTimes): string[] {
  return backEnds.map(({ name, microseconds, reason }) => {
    const time =
      microseconds === null
        ? reason
        : `${(microseconds / 1000).toFixed(1)} ms a picture of ${width}x${height} (median)`;
    return `${name}, ${size} spotter: ${time}`;
  });
}

const timesOf = ({ description, model }: BundleVerifier): Promise<BackEndTime[]> =>
  timeBackEnds({ model, shape: description.input.shape, rounds: DIGIT_ROUNDS });

function describe(
  { name, microseconds, reason }: Omit<BackEndTime, 'name'> & { readonly name: string },
  each = 'a digit',
): string {
  return microseconds === null ? `${name}: ${reason}` : `${name}: ${microseconds.toFixed(1)} us ${each} (median)`;
}
