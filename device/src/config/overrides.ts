import { InkError } from '@inkcast/shared/errors';
import { parseYaml } from '@inkcast/shared/plain-data';
import type { ConfigKey } from './config-keys.js';
import { MIGRATIONS, oldKeyWarning, presentName } from './migrations.js';

/** A value that overrides the file's. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Where it comes from, in words that continue "... in". */
  readonly origin: string;
  /** One sentence, if it is set by an old name. */
  readonly warning?: string;
}

const PREFIX = 'INKCAST_';

/**
 * Values from environment variables such as INKCAST_MQTT_URL or INKCAST_READING_TRACKING_HOLD_MS.
 *
 * @throws InkError INK_CONFIG_INVALID for a variable that begins with a section's name but names none of its keys
 */
export function environmentOverrides(keys: readonly ConfigKey[], environment: NodeJS.ProcessEnv): Override[] {
  const sections = new Set(keys.map(({ path }) => path[0]));
  const oldNames = new Map(MIGRATIONS.map(({ from }) => [variableOf(from.split('.')), presentName(from)]));
  const overrides = Object.entries(environment).flatMap(([name, text]): Override[] => {
    if (!name.startsWith(PREFIX) || text === undefined) return [];
    const newName = oldNames.get(name)?.split('.');
    const variable = newName === undefined ? name : variableOf(newName);
    const key = keys.find(({ path }) => variableOf(path) === variable);
    if (key !== undefined) {
      const origin = `the environment (${name})`;
      const warning = newName === undefined ? {} : { warning: oldKeyWarning(name, variable, 'the environment') };
      return [{ path: key.path, value: parseValue(key, text), origin, ...warning }];
    }
    const section = name.slice(PREFIX.length).split('_')[0].toLowerCase();
    if (!sections.has(section)) return [];
    throw new InkError('INK_CONFIG_INVALID', `The environment variable ${name} names no configuration key.`);
  });
  // Variables have no order, so a current name takes precedence over an old one.
  return overrides.toSorted((a, b) => Number(a.warning === undefined) - Number(b.warning === undefined));
}

/**
 * Values from flags such as `mqtt.url=mqtt://broker`.
 *
 * @throws InkError INK_USAGE or INK_CONFIG_INVALID
 */
export function flagOverrides(keys: readonly ConfigKey[], flags: readonly string[]): Override[] {
  return flags.map((flag) => {
    const at = flag.indexOf('=');
    if (at < 1) throw new InkError('INK_USAGE', `"${flag}" is not of the form key=value.`);
    const name = flag.slice(0, at);
    const newName = presentName(name);
    const key = keys.find(({ path }) => path.join('.') === newName);
    if (key === undefined) throw new InkError('INK_CONFIG_INVALID', `${name} is not a configuration key.`);
    const warning = newName === name ? {} : { warning: oldKeyWarning(name, newName, '--set') };
    return { path: key.path, value: parseValue(key, flag.slice(at + 1)), origin: `--set ${name}`, ...warning };
  });
}

/** `['mqtt', 'baseTopic']` is INKCAST_MQTT_BASE_TOPIC. */
export function variableOf(path: readonly string[]): string {
  const words = path.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
  return `${PREFIX}${words.join('_')}`;
}

/** Parses numbers, switches and lists as in YAML. The schema refuses a text that cannot be parsed. */
function parseValue({ isText }: ConfigKey, text: string): unknown {
  if (isText) return text;
  try {
    return parseYaml(text, 'It', 'INK_CONFIG_INVALID');
  } catch {
    return text;
  }
}
