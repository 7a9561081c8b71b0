import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '../errors/index.js';
import { readWholeFile, sha256 } from '../files/index.js';
import { type Bundle, MANIFEST_FILE, readBundle } from './content/index.js';

/**
 * Reads the bundle in `folder` and checks it like `readBundle`.
 *
 * @throws InkError INK_BUNDLE_MISSING if there is no manifest; INK_BUNDLE_INVALID naming the file or key
 */
export async function openBundle(folder: string): Promise<Bundle> {
  const exists = await stat(join(folder, MANIFEST_FILE)).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!exists) throw new InkError('INK_BUNDLE_MISSING', `${folder} holds no ${MANIFEST_FILE}.`);
  return readBundle({
    folder,
    read: (file) => readWholeFile(join(folder, file)),
    sha256: async (bytes) => sha256(bytes),
  });
}
