import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InkError, reasonOf } from '../errors/index.js';
import { fileToReplace } from './file-to-replace.js';
import { makeFolder } from './make-folder.js';

/**
 * Writes a file so that a reader, and whoever comes after a crash or a full disk, finds the old content or the new one,
 * never a part: into a file beside it, which is flushed to the disk and then renamed. Missing folders are made. What is no
 * file, such as a pipe or /dev/full, is written to and stays what it is: root could replace a device by a file.
 *
 * @param mode permissions, which the file has before it holds anything; default: what the umask leaves
 * @param owner user and group, which only root can give to others; default: this process's
 * @throws InkError INK_FILE_UNWRITABLE naming the file and the system's reason; the old file is then as it was
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  mode?: number,
  owner?: { readonly uid: number; readonly gid: number },
): Promise<void> {
  try {
    makeFolder(dirname(path));
    const file = await fileToReplace(path);
    if (file === undefined) {
      await writeFile(path, content);
      return;
    }
    const beside = `${file}.${process.pid}.part`;
    const handle = await open(beside, 'w', mode);
    try {
      try {
        if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
        if (mode !== undefined) await handle.chmod(mode);
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, file);
    } catch (cause) {
      await rm(beside, { force: true });
      throw cause;
    }
  } catch (cause) {
    throw new InkError('INK_FILE_UNWRITABLE', `${path} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}
