import { maskCredentials } from '@inkcast/shared/addresses';
import type { ErrorIssue } from '@inkcast/shared/errors';
import type { z } from 'zod';

/** A longer value is shown in part. */
const MAX_CHARACTERS = 60;

/** Zod's findings about a configuration, key by key. */
export function explainIssues(error: z.ZodError, config: unknown): ErrorIssue[] {
  return error.issues.flatMap((issue) => {
    const message = explainIssue(issue, config);
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ path: nameOf(path), message: `${message}.` }));
  });
}

/** One sentence on a refused value: `camera.rate is "fast"; it must be a number`. */
export function explainIssue(issue: z.core.$ZodIssue, config: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => nameOf([...issue.path, key]));
    return `${names.join(', ')} ${names.length === 1 ? 'is no key' : 'are no keys'} that Inkcast knows`;
  }
  const { path } = issue;
  const name = path.length === 0 ? 'The whole' : nameOf(path);
  const value = valueAt(config, path);
  if (value === undefined) return `${name} is missing; it ${requirement(issue)}`;
  return `${name} is ${shown(path, value)}; it ${requirement(issue)}`;
}

function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : String(part)))
    .join('.')
    .replaceAll('.[', '[');
}

function valueAt(config: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([name]) => name === String(key))?.[1];
  }, config);
}

/** Hides passwords, including those inside addresses, because errors end up in logs. */
function shown(path: readonly PropertyKey[], value: unknown): string {
  if (path.some((part) => /password/i.test(String(part)))) return 'not shown here';
  // JSON has no infinity, and no number that is none.
  const isOdd = typeof value === 'number' && !Number.isFinite(value);
  const text = maskCredentials(isOdd ? String(value) : JSON.stringify(value));
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}...` : text;
}

function requirement(issue: z.core.$ZodIssue): string {
  return issue.message.startsWith('must ') ? issue.message : `must be ${expectation(issue)}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return oneOf('options' in issue && Array.isArray(issue.options) ? issue.options : []);
    case 'too_small':
      return `${sized(issue.origin)}${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `${sized(issue.origin)}${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    default:
      // The messages of our own schemas tell what a value must be; Zod's own messages only tell that it is invalid.
      return /^an? /.test(issue.message) ? issue.message : `otherwise (${issue.message})`;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text (in quotes where it looks like a number)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a section with keys of its own',
  array: 'a list',
  tuple: 'a list',
};

function sized(origin: string): string {
  if (origin === 'string') return 'text whose length is ';
  return origin === 'array' ? 'a list whose length is ' : '';
}

function oneOf(values: readonly unknown[]): string {
  const shownValues = values.map((value) => JSON.stringify(value));
  return shownValues.length === 1 ? shownValues[0] : `one of ${shownValues.join(', ')}`;
}
