import type { NewCrop, QueueBounds } from './crop.js';
import { TeachingDatabase, teachingFile } from './teaching-database.js';

/**
 * Puts crops into the queue of a storage folder, whether its daemon runs or not.
 *
 * @returns how many were new
 * @throws InkError INK_STORAGE_UNAVAILABLE, INK_STORAGE_NEWER, INK_STORAGE_DAMAGED
 */
export async function keepCrops(folder: string, crops: readonly NewCrop[], bounds: QueueBounds): Promise<number> {
  const database = new TeachingDatabase(teachingFile(folder), () => {});
  try {
    return await database.call('add', { crops, bounds, now: Date.now() });
  } finally {
    await database.stop();
  }
}
