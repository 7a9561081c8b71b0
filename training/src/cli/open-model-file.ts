import { join } from 'node:path';
import { checkGraphs, MODEL_FILE, openBundle } from '@inkcast/shared/bundle';
import { readWholeFile } from '@inkcast/shared/files';
import { DIGIT_CLASSES } from '../data/index.js';

/** A .tflite file by itself or in a bundle. */
export interface ModelFile {
  /** What messages call it. */
  readonly name: string;
  readonly path: string;
  readonly model: Uint8Array;
  readonly labels: readonly string[];
}

/**
 * The model of a bundle, checked against its manifest, or a .tflite file, taken to be of the ten digits.
 *
 * @throws InkError INK_FILE_UNREADABLE, INK_BUNDLE_MISSING, INK_BUNDLE_INVALID, INK_TFLITE_INVALID
 */
export async function openModelFile(path: string): Promise<ModelFile> {
  if (path.endsWith('.tflite')) {
    return { name: path, path, model: await readWholeFile(path), labels: DIGIT_CLASSES };
  }
  const bundle = await openBundle(path);
  checkGraphs(bundle);
  const { name, version, labels } = bundle.manifest;
  return { name: `${name}@${version}`, path: join(path, MODEL_FILE), model: bundle.model, labels };
}
