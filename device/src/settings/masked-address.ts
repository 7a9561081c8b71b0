import { credentialsIn, MASKED_CREDENTIALS, maskCredentials } from '@inkcast/shared/addresses';

/** A value without user and password inside of addresses. */
export function withoutCredentials(value: unknown): unknown {
  return replaceTexts(value, maskCredentials);
}

/**
 * A value that was shown without them and came back, with what stood there: somebody changed another part of the address.
 *
 * @param before the value that was shown
 */
export function withCredentialsOf(before: unknown, value: unknown): unknown {
  const found = typeof before === 'string' ? credentialsIn(before) : undefined;
  return found === undefined ? value : replaceTexts(value, (text) => text.replace(MASKED_CREDENTIALS, () => found));
}

function replaceTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((inner) => replaceTexts(inner, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaceTexts(inner, replace)]));
}
