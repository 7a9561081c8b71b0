import { readWholeFile, sha256 } from '@inkcast/shared/files';
import { type LabelledCrops, parseLabelledCrops } from '@inkcast/shared/teaching';

/** The labelled crops of a file, with its SHA-256. @throws InkError INK_FILE_UNREADABLE, INK_DATASET_INVALID */
export async function readCrops(path: string): Promise<LabelledCrops & { readonly sha256: string }> {
  const bytes = await readWholeFile(path);
  return { ...parseLabelledCrops(bytes.toString('utf8'), path), sha256: sha256(bytes) };
}
