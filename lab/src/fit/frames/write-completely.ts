import { rename, rm } from 'node:fs/promises';
import { replaceFile } from '@inkcast/shared/files';

/**
 * Lets `work` write a file beside `out`, which gets the name `out` when it is complete. What is left half done is removed.
 *
 * @throws InkError INK_FILE_UNWRITABLE before `work` begins, and what `work` throws
 */
export async function writeCompletely<T>(out: string, work: (beside: string) => Promise<T>): Promise<T> {
  const beside = `${out}.${process.pid}.part`;
  await replaceFile(beside, '');
  try {
    const result = await work(beside);
    await rename(beside, out);
    return result;
  } finally {
    await rm(beside, { force: true });
  }
}
