import { InkError } from '@inkcast/shared/errors';

/** The entry called `name`, which a check before has made sure of. */
export function lookUp<Value>(entries: ReadonlyMap<string, Value>, name: string): Value {
  const value = entries.get(name);
  if (value === undefined) throw new InkError('INK_INTERNAL', `The engine has nothing called "${name}".`);
  return value;
}
