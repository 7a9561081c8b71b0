export type Section = Record<string, unknown>;

export function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of names; undefined if there is none. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isSection(value) ? value[name] : undefined), values);
}

/** Sets the value at a path of names and makes missing sections. */
export function setAt(values: Section, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (rest.length === 0) {
    values[name] = value;
    return;
  }
  const child = values[name];
  const section = isSection(child) ? child : {};
  values[name] = section;
  setAt(section, rest, value);
}
