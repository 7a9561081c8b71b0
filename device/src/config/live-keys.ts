import { InkError } from '@inkcast/shared/errors';
import type { z } from 'zod';
import { type Config, configSchema } from './config.js';
import { configKeys } from './config-keys.js';
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

/** A configuration with other values of live keys. @throws InkError INK_CONFIG_INVALID naming the key; all or none */
export function changeLive(config: Config, values: Readonly<Record<string, Json>>): Config {
  const live = liveKeys();
  const changed: unknown = structuredClone(config);
  for (const [key, value] of Object.entries(values)) {
    if (!live.includes(key)) {
      throw new InkError('INK_CONFIG_INVALID', `${key} is not a key that can be set while the daemon runs.`, {
        remedy: `These can: ${live.join(', ')}.`,
      });
    }
    const path = key.split('.');
    const section = path.slice(0, -1).reduce<unknown>((parent, name) => child(parent, name), changed);
    if (isSection(section)) section[path[path.length - 1]] = value;
  }
  const parsed = configSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  throw new InkError('INK_CONFIG_INVALID', `${explainIssue(parsed.error.issues[0], changed)}.`);
}

function child(section: unknown, name: string): unknown {
  return isSection(section) ? section[name] : undefined;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
