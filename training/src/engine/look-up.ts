import { InkError } from '@inkcast/shared/errors';

/** The entry `name`. An earlier check guarantees that it exists. */
export function lookUp<Value>(entries: ReadonlyMap<string, Value>, name: string): Value {
  const value = entries.get(name);
  if (value === undefined) throw new InkError('INK_INTERNAL', `The engine has nothing called "${name}".`);
  return value;
}
