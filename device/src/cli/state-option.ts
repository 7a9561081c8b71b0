import type { Argv } from 'yargs';
import { stateFolder } from '../config/index.js';

export interface StateArguments {
  readonly state: string;
}

/** The folder where a device keeps what must outlive a restart, for commands that read no configuration. */
export const withStateOption = <T>(yargs: Argv<T>) =>
  yargs.option('state', {
    type: 'string',
    default: process.env.INKCAST_STORAGE_FOLDER ?? stateFolder(),
    describe: 'The storage.folder of the configuration: installed models are kept there',
  });
