import { maskCredentials } from '@inkcast/shared/addresses';
import { InkError } from '@inkcast/shared/errors';
import type { z } from 'zod';
import { type Config, configSchema } from './config.js';
import { type ConfigKey, configKeys } from './config-keys.js';
import { explainIssues } from './explain-issue.js';
import { oldKeyWarning, presentName, renameOldKeys } from './migrations.js';
import { isSection, type Section, valueAt } from './nested-values.js';

type Json = z.core.util.JSONType;

/** Keys whose values are or may be secret. */
const SECRET = /password/i;

/** Dotted keys that can be set while the daemon runs. */
export function liveKeys(): readonly string[] {
  return configKeys().flatMap(({ path, isLive }) => (isLive ? [path.join('.')] : []));
}

/** Every key with a value, by dotted name. Passwords are left out, including those inside addresses. */
export function shownValues(config: Config): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const { path } of configKeys()) {
    const value = valueAt(config, path);
    if (value === undefined || SECRET.test(path.join('.'))) continue;
    values[path.join('.')] = JSON.parse(maskCredentials(JSON.stringify(value)));
  }
  return values;
}

/**
 * A configuration with other values for live keys, or for sections with only live keys. Null removes a value, so that
 * the default counts. Old names of keys are accepted too.
 *
 * @param warn called with one sentence for each old name
 * @throws InkError INK_CONFIG_INVALID naming the key; then nothing is changed
 */
export function changeLive(
  config: Config,
  values: Readonly<Record<string, Json>>,
  warn: (warning: string) => void = () => {},
): Config {
  const keys = configKeys();
  const changed: unknown = structuredClone(config);
  if (!isSection(changed)) throw new TypeError('A configuration is a section.');
  for (const [name, value] of Object.entries(values)) {
    const key = presentName(name);
    if (key !== name) warn(oldKeyWarning(name, key, 'the request'));
    if (!isLive(key, keys)) {
      throw new InkError('INK_CONFIG_INVALID', `${key} is not a key that can be set while the daemon runs.`, {
        remedy: `These can: ${liveKeys().join(', ')}.`,
      });
    }
    put(changed, key.split('.'), value);
  }
  renameOldKeys(changed, 'the request', warn);
  const parsed = configSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  const issues = explainIssues(parsed.error, changed);
  throw new InkError('INK_CONFIG_INVALID', issues[0].message, { issues });
}

/** Whether a name is a live key, or a section with only live keys. */
function isLive(name: string, keys: readonly ConfigKey[]): boolean {
  const meant = keys.filter(({ path }) => `${path.join('.')}.`.startsWith(`${name}.`));
  return meant.length > 0 && meant.every((key) => key.isLive);
}

/** A section is made with its first key and removed with its last. */
function put(section: Section, [name, ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    if (value === null) delete section[name];
    else section[name] = value;
    return;
  }
  const found = section[name];
  const inner = isSection(found) ? found : {};
  put(inner, rest, value);
  if (Object.keys(inner).length === 0) delete section[name];
  else section[name] = inner;
}
