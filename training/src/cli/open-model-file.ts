import { join } from 'node:path';
import { checkGraphs, MODEL_FILE, openBundle } from '@inkcast/shared/bundle';
import { readWholeFile } from '@inkcast/shared/files';
import { labelsOf } from '../bundle/index.js';

/** A .tflite file by itself or in a bundle. */
export interface ModelFile {
  /** What messages call it. */
  readonly name: string;
  readonly path: string;
  readonly model: Uint8Array;
  readonly labels: readonly string[];
}

/**
 * The model of a bundle, checked against its manifest, or a .tflite file with the labels that are attached to it.
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
