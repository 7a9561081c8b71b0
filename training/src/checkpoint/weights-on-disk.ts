import { readWholeFile, replaceFile } from '@inkcast/shared/files';
import { decodeWeights, encodeWeights, type TrainedNetwork } from './weights-file.js';

export async function saveWeights(path: string, trained: TrainedNetwork): Promise<void> {
  await replaceFile(path, encodeWeights(trained));
}

export async function loadWeights(path: string): Promise<TrainedNetwork> {
  return decodeWeights(await readWholeFile(path), path);
}
