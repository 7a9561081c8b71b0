import { rename, rm } from 'node:fs/promises';
import { InkError, reasonOf } from '@inkcast/shared/errors';
import { fileToReplace, replaceFile } from '@inkcast/shared/files';

/**
 * Lets `work` write a temporary file in the folder of `out`, and renames it to `out` when it is complete. An incomplete file
 * is removed. A pipe or a device is written directly, as `replaceFile` does.
 *
 * @throws InkError INK_FILE_UNWRITABLE, and the errors of `work`
 */
export async function writeCompletely<T>(out: string, work: (beside: string) => Promise<T>): Promise<T> {
  const file = await fileToReplace(out);
  if (file === undefined) return filling(out, work(out));
  const beside = `${file}.${process.pid}.part`;
  await replaceFile(beside, '');
  try {
    const result = await filling(out, work(beside));
    await filling(out, rename(beside, file));
    return result;
  } finally {
    await rm(beside, { force: true });
  }
}

/** Converts a system error, such as a full disk, into a coded error. */
async function filling<T>(out: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new InkError('INK_FILE_UNWRITABLE', `${out} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}
