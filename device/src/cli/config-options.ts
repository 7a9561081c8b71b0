import { lstat, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
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
    describe: `YAML file; default: INKCAST_CONFIG, else ${SYSTEM_FILE} or ~/.config/inkcast/inkcast.yaml if there is one`,
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
  const named = config ?? process.env.INKCAST_CONFIG;
  if (named !== undefined) return named;
  for (const file of [SYSTEM_FILE, userFile()]) if (await isInPlace(file)) return file;
  return undefined;
}

/** The same for commands that need one. @throws InkError INK_CONFIG_NO_FILE */
export async function neededConfigFile(args: ConfigFileArguments): Promise<string> {
  const file = await configFileOf(args);
  if (file !== undefined) return file;
  throw new InkError(
    'INK_CONFIG_NO_FILE',
    `No configuration file is named, and there is neither ${SYSTEM_FILE} nor ${userFile()}.`,
  );
}

/** The default path for writing a configuration. */
export function fileToWrite(): string {
  return process.getuid?.() === 0 ? SYSTEM_FILE : 'inkcast.yaml';
}

/** Where the page writes the first configuration, so that the next start finds it without being told. */
export async function firstFile(): Promise<string> {
  const isRoot = process.getuid?.() === 0 && process.env.XDG_CONFIG_HOME === undefined;
  return isRoot || (await isService()) ? SYSTEM_FILE : userFile();
}

/** Whether the unit started this process: it has made the link, which leads to the service's own folder. */
async function isService(): Promise<boolean> {
  if (process.env.STATE_DIRECTORY === undefined) return false;
  return lstat(SYSTEM_FILE).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
}

/** Whether there is a file, be it one that this user may not read, which is said then. */
async function isInPlace(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EACCES',
  );
}

/** The user's own configuration (XDG base directory specification). */
function userFile(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'inkcast', 'inkcast.yaml');
}
