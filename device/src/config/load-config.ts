import { dirname, resolve } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { decodeText, readWholeFile } from '@inkcast/shared/files';
import { parseYaml } from '@inkcast/shared/plain-data';
import { type Config, configSchema } from './config.js';
import { type ConfigKey, configKeys } from './config-keys.js';
import { explainIssue } from './explain-issue.js';
import { renameOldKeys } from './migrations.js';
import { isSection, type Section, setAt, valueAt } from './nested-values.js';
import { environmentOverrides, flagOverrides, type Override } from './overrides.js';

/** The configuration of the service, which commands read where no other is named. */
export const SYSTEM_FILE = '/etc/inkcast/inkcast.yaml';

export interface ConfigSources {
  /** A YAML file; without one, defaults, environment and flags make the configuration. */
  readonly file?: string;
  /** Default: none. */
  readonly environment?: NodeJS.ProcessEnv;
  /** `key=value` each, as after `--set`. */
  readonly flags?: readonly string[];
  /** Told one sentence for each key that is set by an old name. */
  readonly onOldKey?: (warning: string) => void;
}

/**
 * Reads the configuration: what flags say takes the place of what the environment says, and that of what the file says.
 *
 * @throws InkError INK_CONFIG_UNREADABLE; INK_CONFIG_INVALID naming the key and its value; INK_USAGE for a flag
 */
export async function loadConfig(sources: ConfigSources): Promise<Config> {
  const { file, environment = {}, flags = [], onOldKey = () => {} } = sources;
  const keys = configKeys();
  const overrides = [...environmentOverrides(keys, environment), ...flagOverrides(keys, flags)];
  const values = file === undefined ? {} : await readYaml(file, keys);
  const warnings = new Set<string>(overrides.flatMap(({ warning = [] }) => warning));
  renameOldKeys(values, file ?? 'the configuration', (warning) => warnings.add(warning));
  for (const warning of warnings) onOldKey(warning);
  for (const override of overrides) setAt(values, override.path, override.value);
  const parsed = configSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const origin = originOf(issue.path, overrides) ?? file ?? 'the configuration';
  throw new InkError('INK_CONFIG_INVALID', `${explainIssue(issue, values)} (in ${origin}).`);
}

/** The file's content, its paths resolved against its folder. */
async function readYaml(file: string, keys: readonly ConfigKey[]): Promise<Section> {
  const bytes = await readWholeFile(file).catch((cause: unknown) => {
    const reason = cause instanceof InkError ? cause.message : `${file} cannot be read.`;
    throw new InkError('INK_CONFIG_UNREADABLE', reason, { cause });
  });
  const text = decodeText(bytes);
  if (text === undefined) throw new InkError('INK_CONFIG_INVALID', `${file} is not text in UTF-8.`);
  const values = parseYaml(text, file, 'INK_CONFIG_INVALID') ?? {};
  if (!isSection(values)) throw new InkError('INK_CONFIG_INVALID', `${file} holds no sections with keys.`);
  for (const { path } of keys.filter(({ isPath }) => isPath)) {
    const value = valueAt(values, path);
    if (typeof value === 'string' && value !== '') setAt(values, path, resolve(dirname(file), value));
  }
  return values;
}

function originOf(path: readonly PropertyKey[], overrides: readonly Override[]): string | undefined {
  return overrides.findLast((override) => override.path.every((name, index) => name === path[index]))?.origin;
}
