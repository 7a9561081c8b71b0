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
export async function configOf(
  { config: named, set }: ConfigArguments,
  onOldKey: (warning: string) => void,
): Promise<Config> {
  const file = named ?? process.env.INKCAST_CONFIG ?? (await systemFile());
  return loadConfig({ ...(file === undefined ? {} : { file }), environment: process.env, flags: set, onOldKey });
}

async function systemFile(): Promise<string | undefined> {
  return stat(SYSTEM_FILE).then(
    () => SYSTEM_FILE,
    () => undefined,
  );
}
