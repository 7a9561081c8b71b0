import { decodePicture } from '@inkcast/device/camera';
import type { DigitClassifier } from '@inkcast/reader/inference';
import { type PicturesScore, readLabelledFolder, scorePictures } from '../../score/index.js';
import { openWasmChain } from '../vision/wasm-chain.js';

/**
 * Scores what tutorials build: the crops of their chain, each named by a network that was trained on MNIST alone. The order
 * of the digits is not compared, in its favour.
 *
 * @param folder as `scoreFolder` takes it
 * @throws InkError what `readLabelledFolder` throws, or the error of a picture that cannot be read
 */
export async function scoreByTutorial(folder: string, classifier: DigitClassifier): Promise<PicturesScore> {
  const { photos, pathOf } = await readLabelledFolder(folder);
  const chain = await openWasmChain();
  const readings = new Map<string, string>();
  for (const { file } of photos) {
    const crops: Uint8Array[] = [];
    chain.run(await decodePicture(pathOf('photos', file)), 'tutorial', (crop) => crops.push(crop));
    readings.set(file, crops.map((crop) => classifier.classify([crop])[0].label).join(''));
  }
  return scorePictures(
    photos.map((label) => ({ ...label, order: 'unordered' })),
    readings,
  );
}
