/** The label of crops that show none of the classes. */
export const NONE = 'none';

export interface Keys {
  /** The key of each label, `none` among them; none where there are more labels than keys. */
  readonly labels: ReadonlyMap<string, string>;
  readonly skip: string;
}

/** As they stand on keys of every layout, without Shift. */
const FREE = [...'abcdefghijklmnopqrstuvwxyz', ...'0123456789', ',', '.', '-'];

/**
 * Keys for labels, no two of them the same. A digit or letter is its own key. A word takes the first of its letters that
 * is free, then any. `N` and `S` stay those of `none` and of skipping unless classes are called so.
 */
export function keysFor(classes: readonly string[]): Keys {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const give = (name: string, wanted: readonly string[]) => {
    const key = wanted.find((each) => !taken.has(each));
    if (key === undefined || keys.has(name)) return;
    keys.set(name, key);
    taken.add(key);
  };
  const own = classes.filter((name) => /^[a-z\d]$/i.test(name));
  // A small letter comes before its capital, which then is typed with Shift.
  for (const name of own.filter((each) => each === each.toLowerCase())) give(name, [name]);
  for (const name of own) give(name, [name.toLowerCase(), name]);
  give(NONE, ['n', '-']);
  const skip = taken.has('s') ? '.' : 's';
  taken.add(skip);
  for (const name of classes) give(name, [...[...name.toLowerCase()].filter((each) => FREE.includes(each)), ...FREE]);
  return { labels: keys, skip };
}

export type Command =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'skip' }
  | { readonly kind: 'undo' };

/** What a key means; undefined for all others. A capital that has no key of its own counts as its small letter. */
export function commandOf(pressed: string, { labels, skip }: Keys): Command | undefined {
  if (pressed === 'Backspace') return { kind: 'undo' };
  for (const key of [pressed, pressed.toLowerCase()]) {
    if (key === skip) return { kind: 'skip' };
    const found = [...labels].find(([, each]) => each === key);
    if (found !== undefined) return { kind: 'label', label: found[0] };
  }
  return undefined;
}

/** As it is printed on the key. */
export function keyName(key: string): string {
  return key === key.toLowerCase() ? key.toUpperCase() : `⇧${key}`;
}
