import { basename, resolve } from 'node:path';
import { sha256 } from '@inkcast/shared/files';

/** Maximum characters of a file's name in its page's name; file systems allow 255 bytes. */
const MAX_NAME_CHARACTERS = 60;
/** Digits of the hash that distinguishes files with the same name. */
const HASH_DIGITS = 12;

/**
 * A name for each picture's page, without its ending. It is the picture's own name; if several have the same, a hash of
 * the path is added. Case is ignored, as in some file systems.
 */
export function pageNames(files: readonly string[]): (file: string) => string {
  const paths = new Map<string, Set<string>>();
  for (const file of files) {
    const name = plainName(file).toLowerCase();
    paths.set(name, (paths.get(name) ?? new Set()).add(resolve(file)));
  }
  return (file) => {
    const name = plainName(file);
    const isShared = (paths.get(name.toLowerCase())?.size ?? 0) > 1;
    return isShared ? `${name}-${sha256(Buffer.from(resolve(file))).slice(0, HASH_DIGITS)}` : name;
  };
}

const plainName = (file: string): string => [...basename(file)].slice(0, MAX_NAME_CHARACTERS).join('');
