import { InkError } from '@inkcast/shared/errors';
import type { z } from 'zod';
import { type Config, configSchema } from './config.js';
import { type ConfigKey, configKeys } from './config-keys.js';
import { explainIssue } from './explain-issue.js';

type Json = z.core.util.JSONType;

/** Keys whose values hold secrets, or may. */
const SECRET = /password/i;

/** Dotted keys that can be set while the daemon runs. */
export function liveKeys(): readonly string[] {
  return configKeys().flatMap(({ path, isLive }) => (isLive ? [path.join('.')] : []));
}

/** Every key that has a value, by dotted name, without passwords, also those inside of addresses. */
export function shownValues(config: Config): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const { path } of configKeys()) {
    const value = path.reduce<unknown>((section, name) => child(section, name), config);
    if (value === undefined || SECRET.test(path.join('.'))) continue;
    values[path.join('.')] = JSON.parse(JSON.stringify(value).replace(/\/\/[^/@\s"]*@/g, '//***@'));
  }
  return values;
}

/**
 * A configuration with other values of live keys, or of sections that hold nothing else; null takes a value away, so
 * that its default counts.
 *
 * @throws InkError INK_CONFIG_INVALID naming the key; all or none
 */
export function changeLive(config: Config, values: Readonly<Record<string, Json>>): Config {
  const keys = configKeys();
  const changed: unknown = structuredClone(config);
  for (const [key, value] of Object.entries(values)) {
    if (!isLive(key, keys)) {
      throw new InkError('INK_CONFIG_INVALID', `${key} is not a key that can be set while the daemon runs.`, {
        remedy: `These can: ${liveKeys().join(', ')}.`,
      });
    }
    if (isSection(changed)) put(changed, key.split('.'), value);
  }
  const parsed = configSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  throw new InkError('INK_CONFIG_INVALID', `${explainIssue(parsed.error.issues[0], changed)}.`);
}

/** Whether a name is that of a live key, or of a section all of whose keys are. */
function isLive(name: string, keys: readonly ConfigKey[]): boolean {
  const meant = keys.filter(({ path }) => `${path.join('.')}.`.startsWith(`${name}.`));
  return meant.length > 0 && meant.every((key) => key.isLive);
}

/** Sections come with their first key, and go with their last. */
function put(section: Record<string, unknown>, [name, ...rest]: readonly string[], value: Json): void {
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

function child(section: unknown, name: string): unknown {
  return isSection(section) ? section[name] : undefined;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
