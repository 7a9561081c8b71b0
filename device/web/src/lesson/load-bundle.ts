import { type Bundle, readBundle } from '@inkcast/shared/bundle/content';
import { sha256 } from '@inkcast/shared/hashing';
import { load } from '../sketch/index.js';

/**
 * Loads a whole bundle, with what learning needs of it.
 *
 * @param folder its address, with a slash at the end
 * @throws InkError INK_FILE_UNREADABLE, INK_BUNDLE_INVALID
 */
export const loadWholeBundle = (folder: string): Promise<Bundle> =>
  readBundle({ folder, read: (file) => load(new URL(file, folder).href), sha256: async (bytes) => sha256(bytes) });
