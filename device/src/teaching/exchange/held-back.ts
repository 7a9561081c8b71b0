import { parseJson } from '@inkcast/shared/plain-data';
import { refused } from './tar-archive.js';

/** The file of an archive that says which crops are not learned from. */
export const HELD_BACK_FILE = 'held-back.json';

/** What that file lists; undefined where there is none. @throws InkError INK_DATASET_INVALID */
export function heldBackIn<T>(
  files: ReadonlyMap<string, Uint8Array>,
  isEntry: (value: unknown) => value is T,
): readonly T[] | undefined {
  const listed = jsonIn(files, HELD_BACK_FILE);
  if (listed === undefined) return undefined;
  if (!Array.isArray(listed) || !listed.every(isEntry)) throw refused(`${HELD_BACK_FILE} is no list of crops`);
  return listed;
}

/** @returns undefined where there is no such file @throws InkError INK_DATASET_INVALID */
export function jsonIn(files: ReadonlyMap<string, Uint8Array>, name: string): unknown {
  const bytes = [...files].find(([path]) => path === name || path.endsWith(`/${name}`))?.[1];
  if (bytes === undefined) return undefined;
  try {
    return parseJson(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw refused(`${name} is no JSON`, cause);
  }
}
