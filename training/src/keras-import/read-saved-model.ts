import { readWholeFile } from '@inkcast/shared/files';
import { readKerasArchive } from './keras-archive.js';
import { readKerasHdf5 } from './keras-hdf5.js';
import { readModelJson } from './model-json.js';
import type { SavedModel } from './saved-model.js';

/** The first bytes of the formats. A file's ending is not reliable: Keras 2 wrote HDF5 under any name. */
const SIGNATURES = { hdf5: [0x89, 0x48, 0x44, 0x46], zip: [0x50, 0x4b, 0x03, 0x04] } as const;

/**
 * Reads a model.json of TensorFlow.js, a .h5 file of Keras 2 or 3, or a .keras file.
 *
 * @throws InkError INK_FILE_UNREADABLE, INK_CONVERT_UNSUPPORTED, or INK_CONVERT_INVALID naming what is wrong
 */
export async function readSavedModel(path: string): Promise<SavedModel> {
  const bytes = await readWholeFile(path);
  const begins = (signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  if (begins(SIGNATURES.hdf5)) return readKerasHdf5(path, bytes);
  if (begins(SIGNATURES.zip)) return readKerasArchive(path, bytes);
  return readModelJson(path, bytes);
}
