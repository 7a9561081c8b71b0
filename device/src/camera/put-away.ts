import { copyFile, rename, rm } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { isThere, makeFolder } from '@inkcast/shared/files';

/**
 * Moves a file to `path` below a folder, which may be on another file system. A file that has this name there already
 * is kept: the new one gets the time in milliseconds behind its name.
 *
 * @throws what the system reports
 */
export async function moveInto(folder: string, path: string, file: string): Promise<void> {
  const wanted = join(folder, path);
  makeFolder(dirname(wanted));
  const target = (await isThere(wanted)) ? await freeName(wanted) : wanted;
  try {
    await rename(file, target);
  } catch (error) {
    if (!isOtherFileSystem(error)) throw error;
    await copyWhole(file, target);
    await rm(file);
  }
}

async function freeName(path: string): Promise<string> {
  const { dir, name, ext } = parse(path);
  for (let time = Date.now(); ; time++) {
    const candidate = join(dir, `${name}-${time}${ext}`);
    if (!(await isThere(candidate))) return candidate;
  }
}

/** The copy has its name only when it is whole. */
async function copyWhole(file: string, target: string): Promise<void> {
  const part = `${target}.part`;
  try {
    await copyFile(file, part);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function isOtherFileSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EXDEV';
}
