import { lstat, realpath, stat } from 'node:fs/promises';

/**
 * The file that has to be replaced to give `path` new content: the one that links lead to, since a link would otherwise
 * become a file. /dev/stdout is such a link.
 *
 * @returns undefined if `path` has to be written to as it is: a pipe, a device, or a link to a missing file
 */
export async function fileToReplace(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) return found.isFile() || found.isDirectory() ? realpath(path) : undefined;
  const link = await lstat(path).catch(() => undefined);
  return link === undefined ? path : undefined;
}
