import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { isPicture } from '../camera/index.js';

/**
 * The files that a user names, with the pictures of each folder, in the natural order of their names, in its place. A name
 * without a file is kept: reading it says what is wrong.
 *
 * @throws InkError INK_FILE_UNREADABLE for a folder without pictures
 */
export async function pictureFiles(names: readonly string[]): Promise<readonly string[]> {
  const files = await Promise.all(names.map(async (name) => ((await isFolder(name)) ? picturesIn(name) : [name])));
  return files.flat();
}

async function picturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && isPicture(entry.name)).map(({ name }) => name);
  if (names.length === 0) throw new InkError('INK_FILE_UNREADABLE', `The folder ${folder} contains no picture.`);
  return names.sort(new Intl.Collator('en', { numeric: true }).compare).map((name) => join(folder, name));
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
