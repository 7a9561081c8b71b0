import { mkdir, mkdtemp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InkError, reasonOf } from '../errors/index.js';
import { isThere } from './is-there.js';
import { makeFolder } from './make-folder.js';
import { replaceFile } from './replace-file.js';

/**
 * Replaces a folder by one with exactly these files. They are written to a folder beside it, which is then renamed. The
 * path never holds a part of them, but it does not exist for a moment between the two renames; `recoverFolder` puts back
 * what a power cut at that moment leaves.
 *
 * @param files content by plain file name, written in this order
 * @param check inspects the new folder before it replaces the old one; its errors are passed on
 * @throws InkError INK_FILE_UNWRITABLE; the old folder is then unchanged
 */
export async function replaceFolder(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
  check: (fresh: string) => Promise<void> = async () => {},
): Promise<void> {
  const target = await folderToReplace(folder);
  const parent = dirname(target);
  const work = await workFolder(parent, basename(target));
  try {
    const fresh = join(work, 'new');
    await mkdir(fresh);
    for (const [name, content] of files) await replaceFile(join(fresh, name), content);
    await check(fresh);
    await swap(fresh, target, join(work, 'old'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Puts a folder back that a power cut has left between the two renames of `replaceFolder`. @throws what the system reports */
export async function recoverFolder(folder: string): Promise<void> {
  if (await isThere(folder)) return;
  const parent = dirname(folder);
  const names = await readdir(parent).catch(() => []);
  for (const work of names.filter((name) => name.startsWith(`.${basename(folder)}-`))) {
    const old = join(parent, work, 'old');
    if (!(await isThere(old))) continue;
    await rename(old, folder);
    await rm(join(parent, work), { recursive: true, force: true });
    return;
  }
}

/** The folder that links lead to, or a new one. */
async function folderToReplace(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return resolve(folder);
  if (found.isDirectory()) return realpath(folder);
  throw new InkError('INK_FILE_UNWRITABLE', `${folder} is not a folder, so it is not replaced.`);
}

async function workFolder(parent: string, name: string): Promise<string> {
  try {
    makeFolder(parent);
    return await mkdtemp(join(parent, `.${name}-`));
  } catch (cause) {
    throw new InkError('INK_FILE_UNWRITABLE', `${parent} cannot be written to: ${reasonOf(cause)}.`, { cause });
  }
}

async function swap(fresh: string, target: string, old: string): Promise<void> {
  try {
    const replaced = await moveAway(target, old);
    try {
      await rename(fresh, target);
    } catch (cause) {
      if (replaced) await rename(old, target);
      throw cause;
    }
  } catch (cause) {
    throw new InkError('INK_FILE_UNWRITABLE', `${target} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}

/** Whether there was a folder to move. */
async function moveAway(target: string, old: string): Promise<boolean> {
  try {
    await rename(target, old);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
