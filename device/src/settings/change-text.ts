import { isDeepStrictEqual } from 'node:util';
import { InkError } from '@inkcast/shared/errors';
import { isSection, MIGRATIONS, presentName, type Section, sectionsOf, setAt, valueAt } from '../config/index.js';
import { withName, withoutValue, withValue } from './edit-yaml.js';

/** New values by dotted key; null takes a value away, so that its default counts. */
export type Changes = Readonly<Record<string, unknown>>;

/**
 * A configuration file's text with other values. Comments, order and form stay as they are; old names of keys become
 * the present ones.
 *
 * @param file what messages call the text
 * @throws InkError INK_CONFIG_INVALID where the text is no YAML; INK_CONFIG_UNEDITABLE naming the key that stands there
 * in a form, such as an alias, that cannot be changed without changing others
 */
export function changedText(text: string, file: string, changes: Changes): string {
  const wanted = sectionsOf(text, file);
  let changed = text;
  for (const { from } of MIGRATIONS) {
    const path = from.split('.');
    const value = valueAt(wanted, path);
    if (value === undefined) continue;
    const to = presentName(from).split('.');
    removeAt(wanted, path);
    if (valueAt(wanted, to) !== undefined) changed = withoutValue(changed, path);
    else {
      changed = isDeepStrictEqual(to.slice(0, -1), path.slice(0, -1))
        ? withName(changed, path, to[to.length - 1])
        : withValue(withoutValue(changed, path), to, value);
      setAt(wanted, to, value);
    }
    assertSays(changed, wanted, file, from);
  }
  for (const [name, value] of Object.entries(changes)) {
    const path = presentName(name).split('.');
    if (value === null || value === undefined) {
      removeAt(wanted, path);
      changed = withoutValue(changed, path);
    } else {
      setAt(wanted, path, structuredClone(value));
      changed = withValue(changed, path, value);
    }
    assertSays(changed, wanted, file, name);
  }
  return changed;
}

/** Takes a value away, and sections that held nothing else. */
function removeAt(values: Section, [name, ...rest]: readonly string[]): void {
  const inner = values[name];
  if (rest.length === 0) delete values[name];
  else if (isSection(inner)) {
    removeAt(inner, rest);
    if (Object.keys(inner).length === 0) delete values[name];
  }
}

function assertSays(text: string, wanted: Section, file: string, key: string): void {
  let said: unknown;
  let cause: unknown;
  try {
    said = sectionsOf(text, file);
  } catch (error) {
    cause = error;
  }
  if (isDeepStrictEqual(said, wanted)) return;
  throw new InkError('INK_CONFIG_UNEDITABLE', `${key} stands in ${file} in a form that is not changed here.`, {
    cause,
  });
}
