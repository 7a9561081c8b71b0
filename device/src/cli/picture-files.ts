import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { isPicture } from '../camera/index.js';

/**
 * The files that a user names, with the pictures of each folder, in the natural order of their names, in its place. A name
 * without a file is kept, and so is a folder without pictures, so that the others are read all the same.
 */
export async function pictureFiles(names: readonly string[]): Promise<readonly string[]> {
  const files = await Promise.all(names.map(async (name) => ((await isFolder(name)) ? picturesIn(name) : [name])));
  return files.flat();
}

async function picturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && isPicture(entry.name)).map(({ name }) => name);
  if (names.length === 0) return [folder];
  return names.sort(new Intl.Collator('en', { numeric: true }).compare).map((name) => join(folder, name));
}

/** @throws InkError INK_FILE_UNREADABLE for a folder: `pictureFiles` keeps those without pictures */
export async function refuseFolder(path: string): Promise<void> {
  if (await isFolder(path)) throw new InkError('INK_FILE_UNREADABLE', `The folder ${path} contains no picture.`);
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
