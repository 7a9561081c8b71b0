import { stat } from 'node:fs/promises';
import type { Argv } from 'yargs';
import { type Config, loadConfig, SYSTEM_FILE } from '../config/index.js';

export interface ConfigArguments {
  readonly config: string | undefined;
  readonly set: readonly string[];
}

/** Where the configuration comes from, for commands that read one. */
export const withConfigOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('config', {
      type: 'string',
      describe: `YAML file; default: INKCAST_CONFIG, else ${SYSTEM_FILE} if there is one`,
    })
    .option('set', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [],
      describe: 'key=value, in the place of what the file and the environment say; may be repeated',
    });

/**
 * @param onOldKey told one sentence for each key that is set by an old name
 * @throws InkError what `loadConfig` throws
 */
export async function configOf(args: ConfigArguments, onOldKey: (warning: string) => void): Promise<Config> {
  const { set } = args;
  const file = await configFileOf(args);
  return loadConfig({ ...(file === undefined ? {} : { file }), environment: process.env, flags: set, onOldKey });
}

/** The file that the configuration is read from; undefined where there is none. */
export async function configFileOf({ config }: Pick<ConfigArguments, 'config'>): Promise<string | undefined> {
  return config ?? process.env.INKCAST_CONFIG ?? systemFile();
}

async function systemFile(): Promise<string | undefined> {
  return stat(SYSTEM_FILE).then(
    () => SYSTEM_FILE,
    () => undefined,
  );
}
