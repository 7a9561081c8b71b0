import { isDeepStrictEqual } from 'node:util';
import { type Config, type ConfigKey, configKeys, type Override, valueAt } from '../config/index.js';
import type { SettingsMessage } from '../web/index.js';
import { withoutCredentials } from './masked-address.js';

/** One key of the configuration, as a form shows it. */
export type Setting = SettingsMessage['keys'][number];

/** Where the values of the settings come from. */
export interface SettingValues {
  /** What the daemon runs with. */
  readonly running: Config | undefined;
  /** What it would run with after a restart; undefined where it would not start. */
  readonly saved: Config | undefined;
  /** What stands in the file, under present names. */
  readonly inFile: unknown;
  readonly overrides: readonly Override[];
}

/** Every key, in the order of the schema. A key of some cameras comes once for each. */
export function describeSettings(values: SettingValues): Setting[] {
  const keys = configKeys();
  const chosenBy = new Set(keys.flatMap(({ onlyWhere }) => onlyWhere?.path.join('.') ?? []));
  const choices = keys.filter(({ path }) => chosenBy.has(path.join('.')));
  return keys.flatMap((key): Setting[] => {
    if (!choices.includes(key)) return [describe(key, values)];
    // The key that the others depend on comes once, with all that it may be.
    const alternatives = choices.filter(({ path }) => isDeepStrictEqual(path, key.path));
    if (alternatives[0] !== key) return [];
    const { onlyWhere, ...choice } = key;
    const schema = { type: 'string', enum: alternatives.map(({ schema }) => schema.const) };
    return [describe({ ...choice, description: commonPart(alternatives), schema }, values)];
  });
}

function describe(key: ConfigKey, { running, saved, inFile, overrides }: SettingValues): Setting {
  const { path, description, schema, fallback, isLive: live, isSecret: secret, isFileOnly: fileOnly, onlyWhere } = key;
  const isThere = onlyWhere === undefined || valueAt(running, onlyWhere.path) === onlyWhere.value;
  const willBeThere = onlyWhere === undefined || valueAt(saved, onlyWhere.path) === onlyWhere.value;
  const value = isThere ? valueAt(running, path) : undefined;
  const next = willBeThere ? valueAt(saved, path) : undefined;
  const overriding = overrides.findLast((override) => isDeepStrictEqual(override.path, path));
  return {
    path: path.join('.'),
    description,
    schema: { ...schema },
    ...(fallback === undefined ? {} : { default: fallback }),
    live,
    secret,
    fileOnly,
    ...(secret || value === undefined ? {} : { value: withoutCredentials(value) }),
    isSet: valueAt(inFile, path) !== undefined,
    ...(secret || next === undefined || isDeepStrictEqual(next, value) ? {} : { saved: withoutCredentials(next) }),
    ...(overriding === undefined ? {} : { overriddenBy: overriding.origin }),
    ...(onlyWhere === undefined ? {} : { when: { path: onlyWhere.path.join('.'), value: onlyWhere.value } }),
  };
}

/** Such as `Where frames come from` of `Where frames come from: a USB camera` and others. */
function commonPart(alternatives: readonly ConfigKey[]): string {
  const [first] = alternatives[0].description.split(':');
  return alternatives.every(({ description }) => description.startsWith(first)) ? first : alternatives[0].description;
}
