import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPicture } from '@inkcast/device/camera';
import { InkError, reasonOf } from '@inkcast/shared/errors';

/** All pictures in a folder and the folders in it, by name. @throws InkError INK_DATASET_MISSING if there is none */
export async function picturesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new InkError('INK_DATASET_MISSING', `The folder ${folder} cannot be read: ${reasonOf(cause)}.`, { cause });
  });
  const pictures = names.filter(isPicture).sort();
  if (pictures.length === 0) throw new InkError('INK_DATASET_MISSING', `The folder ${folder} contains no picture.`);
  return pictures.map((name) => join(folder, name));
}
