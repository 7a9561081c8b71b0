import { lstat, realpath, stat } from 'node:fs/promises';

/**
 * The file to replace in order to give `path` new content. Links are followed, because a link would otherwise become a
 * file. /dev/stdout is such a link.
 *
 * @returns undefined if `path` must be written to directly: a pipe, a device, or a link to a missing file
 */
export async function fileToReplace(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) return found.isFile() || found.isDirectory() ? realpath(path) : undefined;
  const link = await lstat(path).catch(() => undefined);
  return link === undefined ? path : undefined;
}
