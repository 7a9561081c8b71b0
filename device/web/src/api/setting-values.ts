import type { Setting } from './types.js';

/** The value of a key, or of a section, whose keys come one by one; undefined where nothing is set. */
export function valueOfSetting(keys: readonly Setting[], path: string): unknown {
  const own = keys.find((key) => key.path === path && key.value !== undefined);
  if (own !== undefined) return own.value;
  const section: Record<string, unknown> = {};
  for (const key of keys.filter((each) => each.path.startsWith(`${path}.`))) {
    const [name] = key.path.slice(path.length + 1).split('.');
    const value = name in section ? undefined : valueOfSetting(keys, `${path}.${name}`);
    if (value !== undefined) section[name] = value;
  }
  return Object.keys(section).length === 0 ? undefined : section;
}
