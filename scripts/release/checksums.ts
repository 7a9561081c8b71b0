import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { filesBelow } from '../package/application-tree.js';

export const SUMS = 'SHA256SUMS';

/** The file that `sha256sum --check` reads, of all files below a folder but itself. */
export async function checksums(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const path of filesBelow(folder).filter((each) => each !== SUMS)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, path)), hash);
    lines.push(`${hash.digest('hex')}  ${path}\n`);
  }
  return lines.join('');
}
