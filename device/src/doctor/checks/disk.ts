import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import type { Check } from '../check.js';

const MEGABYTE = 1e6;
/** Readings and events of months need this much. Below it, other programs' logs can fill the disk in a day. */
const MIN_FREE_BYTES = 100 * MEGABYTE;
const ENOUGH_FREE = 500 * MEGABYTE;

/** Checks that the storage folder can be written and has enough space. */
export function diskCheck(folder: string): Check {
  return {
    name: 'disk',
    run: async () => {
      const existing = await nearestFolder(folder);
      await access(existing, constants.W_OK | constants.X_OK).catch((cause: unknown) => {
        throw new InkError('INK_FILE_UNWRITABLE', `${existing} cannot be written, where storage.folder is to be.`, {
          cause,
        });
      });
      const { bavail, bsize } = await statfs(existing);
      const free = bavail * bsize;
      const detail = `${folder} has ${Math.round(free / MEGABYTE)} MB free.`;
      if (free >= ENOUGH_FREE) return { status: 'ok', detail };
      const remedy = 'Delete what is not needed, or set storage.folder to another disk.';
      return { status: free < MIN_FREE_BYTES ? 'failed' : 'warning', detail, remedy };
    },
  };
}

/** The folder itself, or its first existing parent; the daemon makes the rest. */
async function nearestFolder(folder: string): Promise<string> {
  const entry = await stat(folder).catch(() => undefined);
  if (entry?.isDirectory()) return folder;
  if (entry !== undefined) throw new InkError('INK_FILE_UNWRITABLE', `${folder} is not a folder.`);
  return nearestFolder(dirname(folder));
}
