import { SPOTTER_SIZES } from '@inkcast/shared/bundle';
import type { Terminal } from '@inkcast/shared/cli';
import type { Argv } from 'yargs';
import type { ReaderChoice } from '../models/index.js';

const SPOTTERS = SPOTTER_SIZES;

export interface ReaderArguments {
  readonly model: string | undefined;
  readonly spotter: (typeof SPOTTERS)[number] | undefined;
}

/** The options of every command that reads pictures. */
export const withReaderOptions = <T>(yargs: Argv<T>): Argv<T & ReaderArguments> =>
  yargs
    .option('model', {
      type: 'string',
      describe: 'Folder of a bundle; default: $INKCAST_BENCH_MODEL, or the shipped bundle',
    })
    .option('spotter', {
      choices: SPOTTERS,
      describe: 'Size of the spotter, the network that finds digits in the whole frame',
    });

export const readerOf = ({ model, spotter }: ReaderArguments, terminal: Terminal): ReaderChoice => ({
  bundle: model,
  spotter,
  onNote: (note) => terminal.note(note),
});
