import { dirname, resolve } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { decodeText, readWholeFile } from '@inkcast/shared/files';
import { parseYaml } from '@inkcast/shared/plain-data';
import { type Config, configSchema } from './config.js';
import { type ConfigKey, configKeys } from './config-keys.js';
import { explainIssues } from './explain-issue.js';
import { renameOldKeys } from './migrations.js';
import { isSection, type Section, setAt, valueAt } from './nested-values.js';
import { environmentOverrides, flagOverrides, type Override } from './overrides.js';

/** The service's configuration, which commands read if no other is named. */
export const SYSTEM_FILE = '/etc/inkcast/inkcast.yaml';

export interface ConfigSources {
  /** A YAML file. Without one, the configuration consists of defaults, environment and flags. */
  readonly file?: string;
  /** Default: none. */
  readonly environment?: NodeJS.ProcessEnv;
  /** `key=value` each, as after `--set`. */
  readonly flags?: readonly string[];
  /** Called with one sentence for each key that is set by an old name. */
  readonly onOldKey?: (warning: string) => void;
}

/**
 * Reads the configuration. Flags take precedence over the environment, and the environment over the file.
 *
 * @throws InkError INK_CONFIG_UNREADABLE; INK_CONFIG_INVALID naming the key and its value; INK_USAGE for a flag
 */
export async function loadConfig(sources: ConfigSources): Promise<Config> {
  const { file } = sources;
  return parseConfig(file === undefined ? '' : await readText(file), sources);
}

/**
 * The configuration from a text, environment and flags, as if the text were in the file of the sources.
 *
 * @throws InkError INK_CONFIG_INVALID naming the first key and its value, with an issue for each; INK_USAGE for a flag
 */
export function parseConfig(text: string, sources: ConfigSources): Config {
  const { file } = sources;
  const { values, overrides } = valuesIn(text, sources);
  const parsed = configSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const issues = explainIssues(parsed.error, values);
  const origin = originOf(parsed.error.issues[0].path, overrides) ?? file ?? 'the configuration';
  throw new InkError('INK_CONFIG_INVALID', `${issues[0].message.slice(0, -1)} (in ${origin}).`, { issues });
}

/**
 * Whether file, environment or flags say anything in a section.
 *
 * @throws InkError INK_CONFIG_UNREADABLE; INK_CONFIG_INVALID; INK_USAGE for a flag
 */
export async function setsSection({ onOldKey: _, ...sources }: ConfigSources, section: string): Promise<boolean> {
  const { file } = sources;
  const { values } = valuesIn(file === undefined ? '' : await readText(file), sources);
  return valueAt(values, [section]) !== undefined;
}

/** What a text, environment and flags say, under present names and with absolute paths. */
function valuesIn(text: string, sources: ConfigSources): { readonly values: Section; readonly overrides: Override[] } {
  const { file, onOldKey = () => {} } = sources;
  const keys = configKeys();
  const overrides = overridesOf(keys, sources);
  const values = sectionsOf(text, file ?? 'The configuration');
  if (file !== undefined) resolvePaths(values, dirname(file), keys);
  const warnings = new Set<string>(overrides.flatMap(({ warning = [] }) => warning));
  renameOldKeys(values, file ?? 'the configuration', (warning) => warnings.add(warning));
  for (const warning of warnings) onOldKey(warning);
  for (const override of overrides) setAt(values, override.path, override.value);
  return { values, overrides };
}

/** The values that override the file's. Later ones take precedence. */
export function overridesOf(
  keys: readonly ConfigKey[],
  { environment = {}, flags = [] }: Pick<ConfigSources, 'environment' | 'flags'>,
): Override[] {
  return [...environmentOverrides(keys, environment), ...flagOverrides(keys, flags)];
}

/** @throws InkError INK_CONFIG_UNREADABLE or INK_CONFIG_INVALID */
async function readText(file: string): Promise<string> {
  const bytes = await readWholeFile(file).catch((cause: unknown) => {
    const reason = cause instanceof InkError ? cause.message : `${file} cannot be read.`;
    throw new InkError('INK_CONFIG_UNREADABLE', reason, { cause });
  });
  const text = decodeText(bytes);
  if (text === undefined) throw new InkError('INK_CONFIG_INVALID', `${file} is not text in UTF-8.`);
  return text;
}

/**
 * The values of a configuration file's text, with names and paths unchanged.
 *
 * @throws InkError INK_CONFIG_INVALID
 */
export function sectionsOf(text: string, file: string): Section {
  const values = parseYaml(text, file, 'INK_CONFIG_INVALID') ?? {};
  if (!isSection(values)) throw new InkError('INK_CONFIG_INVALID', `${file} holds no sections with keys.`);
  return values;
}

/** Makes the paths of a file absolute; they are relative to its folder. */
function resolvePaths(values: Section, folder: string, keys: readonly ConfigKey[]): void {
  for (const { path } of keys.filter(({ isPath }) => isPath)) {
    const value = valueAt(values, path);
    if (typeof value === 'string' && value !== '') setAt(values, path, resolve(folder, value));
  }
}

function originOf(path: readonly PropertyKey[], overrides: readonly Override[]): string | undefined {
  return overrides.findLast((override) => override.path.every((name, index) => name === path[index]))?.origin;
}
