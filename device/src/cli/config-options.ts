import { stat } from 'node:fs/promises';
import { InkError } from '@inkcast/shared/errors';
import type { Argv } from 'yargs';
import { type Config, type ConfigSources, loadConfig, SYSTEM_FILE } from '../config/index.js';

export interface ConfigArguments extends ConfigFileArguments {
  readonly set: readonly string[];
}

export interface ConfigFileArguments {
  readonly config: string | undefined;
}

/** The option for commands that change the configuration file. */
export const withConfigFileOption = <T>(yargs: Argv<T>) =>
  yargs.option('config', {
    type: 'string',
    describe: `YAML file; default: INKCAST_CONFIG, else ${SYSTEM_FILE} if there is one`,
  });

/** The options for commands that read a configuration. */
export const withConfigOptions = <T>(yargs: Argv<T>) =>
  withConfigFileOption(yargs).option('set', {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    describe: 'key=value; overrides the file and the environment; may be repeated',
  });

/**
 * @param onOldKey called with one sentence for each key that is set by an old name
 * @throws InkError what `loadConfig` throws
 */
export async function configOf(args: ConfigArguments, onOldKey: (warning: string) => void): Promise<Config> {
  return loadConfig({ ...(await sourcesOf(args)), onOldKey });
}

/** The sources of the configuration. */
export async function sourcesOf(args: ConfigArguments): Promise<ConfigSources> {
  const file = await configFileOf(args);
  return { ...(file === undefined ? {} : { file }), environment: process.env, flags: args.set };
}

/** The configuration file to read; undefined if there is none. */
async function configFileOf({ config }: ConfigFileArguments): Promise<string | undefined> {
  return config ?? process.env.INKCAST_CONFIG ?? systemFile();
}

/** The same for commands that need one. @throws InkError INK_CONFIG_NO_FILE */
export async function neededConfigFile(args: ConfigFileArguments): Promise<string> {
  const file = await configFileOf(args);
  if (file !== undefined) return file;
  throw new InkError('INK_CONFIG_NO_FILE', `No configuration file is named, and there is no ${SYSTEM_FILE}.`);
}

/** The default path for writing a configuration. */
export function fileToWrite(): string {
  return process.getuid?.() === 0 ? SYSTEM_FILE : 'inkcast.yaml';
}

async function systemFile(): Promise<string | undefined> {
  return stat(SYSTEM_FILE).then(
    () => SYSTEM_FILE,
    () => undefined,
  );
}
