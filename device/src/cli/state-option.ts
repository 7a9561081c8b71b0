import type { Argv } from 'yargs';
import { stateFolder } from '../config/index.js';

export interface StateArguments {
  readonly state: string;
}

/** The option for a device's storage folder, for commands that read no configuration. */
export const withStateOption = <T>(yargs: Argv<T>) =>
  yargs.option('state', {
    type: 'string',
    default: process.env.INKCAST_STORAGE_FOLDER ?? stateFolder(),
    describe: 'Folder with installed models: storage.folder of the configuration',
  });
