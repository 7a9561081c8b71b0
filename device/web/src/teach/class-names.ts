import { NONE } from './keys.js';

/** Names between commas, which then may hold spaces, or between spaces; each once. */
export function classesIn(text: string): string[] {
  const names = text.split(/[,，、]/.test(text) ? /[,，、]/ : /\s/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== '' && name !== NONE))];
}
