import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../application-tree.js';

/** Those of the named npm packages that a program below `folder` names in a string, as every import does. */
export function usedPackages(folder: string, names: readonly string[]): string[] {
  const texts = filesBelow(folder)
    .filter((path) => path.endsWith('.js') && !path.includes('dist-web/'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
  return names.filter((name) => {
    const named = new RegExp(`['"\`]${name}['"\`/]`);
    return texts.some((text) => named.test(text));
  });
}
