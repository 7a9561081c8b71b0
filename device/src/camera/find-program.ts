import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Finds the first of several programs that can be run. Absolute paths are used as they are; names are searched for in
 * the search path.
 *
 * @param names in order of preference
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
    // The program is missing here or may not be run; the next folder may have it.
    return false;
  }
}
