import type { LabelledCrops } from '@inkcast/shared/teaching';
import type { ImportedCrop } from '../given-labels.js';
import { fromFolders, toFolders } from './class-folders.js';
import { fromIdxPair, isIdxPair, toIdxPair } from './idx-pair.js';
import { packFiles, refused, unpackFiles } from './tar-archive.js';

export { toFolders } from './class-folders.js';
export { cropPng } from './crop-png.js';

/** The forms in which labelled crops leave and enter a device, each as a tar file. */
export const EXCHANGE_FORMS = ['idx', 'folders'] as const;
export type ExchangeForm = (typeof EXCHANGE_FORMS)[number];

export async function packLabels(crops: LabelledCrops, form: ExchangeForm, now: Date): Promise<Buffer> {
  return packFiles(form === 'idx' ? toIdxPair(crops) : await toFolders(crops), now);
}

/** @throws InkError INK_DATASET_INVALID, INK_IDX_INVALID */
export async function unpackLabels(packed: Uint8Array): Promise<readonly ImportedCrop[]> {
  return labelsOfFiles(await unpackFiles(packed));
}

/** @param files contents by path @throws InkError INK_DATASET_INVALID, INK_IDX_INVALID */
export async function labelsOfFiles(files: ReadonlyMap<string, Uint8Array>): Promise<readonly ImportedCrop[]> {
  const crops = isIdxPair(files) ? fromIdxPair(files) : await fromFolders(files);
  if (crops.length === 0) throw refused('it holds no crops, neither as an idx pair nor in folders by class');
  return crops;
}
