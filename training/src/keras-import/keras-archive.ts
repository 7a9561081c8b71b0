import { unzipSync } from 'fflate';
import { z } from 'zod';
import { invalid, unsupported } from '../network-assembly/index.js';
import { ArchiveWeights } from './archive-weights.js';
import { parseConfig, readWeightsFile } from './read-config.js';
import { savedLayerSchema } from './saved-layer.js';
import type { SavedModel } from './saved-model.js';

const CONFIG = 'config.json';
const METADATA = 'metadata.json';
const WEIGHTS = 'model.weights.h5';
/** More than any handwriting model needs. The sizes in an archive are checked before anything is unpacked. */
const MAX_BYTES = 512 * 1024 * 1024;

const metadataSchema = z.object({ keras_version: z.string() });

/**
 * Reads a .keras file: a zip archive with the model as JSON and the weights as HDF5.
 *
 * @throws InkError INK_CONVERT_UNSUPPORTED for weights in another form, INK_CONVERT_INVALID
 */
export async function readKerasArchive(path: string, bytes: Uint8Array): Promise<SavedModel> {
  const files = unpack(path, bytes);
  const text = (name: string): string => {
    const content = files[name];
    if (content === undefined) throw invalid(path, `the archive has no ${name}`);
    return new TextDecoder().decode(content);
  };
  const model = parseConfig(path, CONFIG, text(CONFIG), savedLayerSchema);
  const { keras_version: version } = parseConfig(path, METADATA, text(METADATA), metadataSchema);
  const weights = files[WEIGHTS];
  if (weights === undefined) throw unsupported(`${path} has no ${WEIGHTS}, and weights in another form are not read`);
  const root = await readWeightsFile(path, weights);
  return { model, weights: new ArchiveWeights(model, root, path), generatedBy: `keras v${version}` };
}

function unpack(path: string, bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (![CONFIG, METADATA, WEIGHTS].includes(name)) return false;
        if (originalSize > MAX_BYTES) throw new RangeError(`${name} has ${originalSize} bytes`);
        return true;
      },
    });
  } catch (cause) {
    throw invalid(path, `it is not a whole .keras file (${cause instanceof Error ? cause.message : cause})`);
  }
}
