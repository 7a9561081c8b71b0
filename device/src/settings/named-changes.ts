import { type ErrorIssue, InkError } from '@inkcast/shared/errors';
import { type ConfigKey, isSection, presentName } from '../config/index.js';
import type { Changes } from './change-text.js';

/**
 * Changes by the keys' present names. A section's value is that of each of its keys, and takes away those that it lacks.
 *
 * @param mayChangePrograms whether keys that say what is run are among what may be changed
 * @throws InkError INK_CONFIG_INVALID with an issue for each name that is no key, or that is not changed here
 */
export function namedChanges(changes: Changes, keys: readonly ConfigKey[], mayChangePrograms: boolean): Changes {
  const named: Changes = Object.assign(
    {},
    ...Object.entries(changes).map(([name, value]) => byKey(presentName(name), value, keys)),
  );
  const issues = Object.entries(named).flatMap(([name, value]): ErrorIssue[] => {
    const meant = below(name, keys);
    if (meant.length === 0) return [{ path: name, message: `${name} is no key that Inkcast knows.` }];
    // What ships is run where nothing is said.
    if (mayChangePrograms || value === null || !meant.some(({ isFileOnly }) => isFileOnly)) return [];
    return [{ path: name, message: `${name} says what is run; it is changed in the file only.` }];
  });
  if (issues.length > 0) throw new InkError('INK_CONFIG_INVALID', issues[0].message, { issues });
  return named;
}

function byKey(name: string, value: unknown, keys: readonly ConfigKey[]): Changes {
  const isKey = keys.some(({ path }) => path.join('.') === name);
  if (isKey || !isSection(value)) return { [name]: value };
  const inner = Object.entries(value).map(([key, one]) => byKey(`${name}.${key}`, one, keys));
  const lacking = below(name, keys).map(({ path }) => [path.join('.'), null] as const);
  return Object.assign(Object.fromEntries(lacking), ...inner);
}

/** The key of that name, or the keys of the section of that name. */
function below(name: string, keys: readonly ConfigKey[]): ConfigKey[] {
  return keys.filter(({ path }) => `${path.join('.')}.`.startsWith(`${name}.`));
}
