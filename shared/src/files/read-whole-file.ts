import { readFile } from 'node:fs/promises';
import { InkError, reasonOf } from '../errors/index.js';

/** @throws InkError INK_FILE_UNREADABLE naming the file and the system's reason */
export async function readWholeFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new InkError('INK_FILE_UNREADABLE', `${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}
