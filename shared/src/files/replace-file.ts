import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InkError, reasonOf } from '../errors/index.js';
import { fileToReplace } from './file-to-replace.js';
import { makeFolder } from './make-folder.js';

/**
 * Replaces a file atomically: readers see the old content or the new one, never a part, even after a crash or with a
 * full disk. The content is written to a file beside it, flushed to the disk, and renamed. Missing folders are made. A
 * path that is not a file, such as a pipe or /dev/full, is written to directly; otherwise root could replace a device
 * by a file.
 *
 * @param mode permissions, set before the file has any content; default: what the umask leaves
 * @param owner user and group, which only root can set to others; default: this process's
 * @throws InkError INK_FILE_UNWRITABLE naming the file and the system's reason; the old file is then unchanged
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
        if (owner !== undefined) await give(handle, owner);
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

/** Where nothing changes, nothing is asked for: a service may not call chown at all (systemd, `SystemCallFilter=`). */
async function give(handle: FileHandle, { uid, gid }: { readonly uid: number; readonly gid: number }): Promise<void> {
  const found = await handle.stat();
  if (found.uid !== uid || found.gid !== gid) await handle.chown(uid, gid);
}
