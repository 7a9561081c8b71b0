import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The first of some programs that can be run: an absolute path as it is, a name where the search path has it.
 *
 * @param names in the order of preference
 * @param searchPath folders, separated as in PATH
 */
export async function findProgram(
  names: readonly string[],
  searchPath: string = process.env.PATH ?? '',
): Promise<string | undefined> {
  for (const name of names) {
    const places = isAbsolute(name) ? [name] : searchPath.split(delimiter).map((folder) => join(folder, name));
    for (const place of places) if (await isExecutable(place)) return place;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not ours to run: the next place may have it.
    return false;
  }
}
