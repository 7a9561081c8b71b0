import { join } from 'node:path';
import { checkGraphs, MODEL_FILE, openBundle } from '@inkcast/shared/bundle';
import { readWholeFile } from '@inkcast/shared/files';
import { labelsOf } from '../bundle/index.js';

/** A .tflite file, alone or in a bundle. */
export interface ModelFile {
  /** Name of the model in messages. */
  readonly name: string;
  readonly path: string;
  readonly model: Uint8Array;
  readonly labels: readonly string[];
}

/**
 * Opens the model of a bundle, checked against its manifest, or a .tflite file with its attached labels.
 *
 * @throws InkError INK_FILE_UNREADABLE, INK_BUNDLE_MISSING, INK_BUNDLE_INVALID, INK_TFLITE_INVALID
 */
export async function openModelFile(path: string): Promise<ModelFile> {
  if (path.endsWith('.tflite')) {
    const model = await readWholeFile(path);
    return { name: path, path, model, labels: labelsOf(model) };
  }
  const bundle = await openBundle(path);
  checkGraphs(bundle);
  const { name, version, labels } = bundle.manifest;
  return { name: `${name}@${version}`, path: join(path, MODEL_FILE), model: bundle.model, labels };
}
