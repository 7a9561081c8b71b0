import { openCheckedBundle } from '@inkcast/device/inference';
import { addToBundle } from '@inkcast/training/bundle';
import { type Dataset, readMnist } from '@inkcast/training/data';
import { predictAll, startTflitePredictor } from '@inkcast/training/evaluation';
import { Random } from '@inkcast/training/random';
import { encodeReplay, OTHER_CHARACTER } from '@inkcast/training/replay';
import { type CropsOptions, credibleCrops, proposeCrops } from '../crops/index.js';
import { choosePictures } from './choose-pictures.js';

export type ReplayOptions = Pick<CropsOptions, 'frames' | 'seed' | 'jobs' | 'check'>;

/** The sizes of a replay set. */
export interface ReplayCounts {
  readonly learn: number;
  readonly hardTest: number;
  readonly negatives: number;
  readonly bytes: number;
}

/**
 * Puts a replay set into the bundle of a model for digits: pictures of MNIST, and crops that the device's vision proposes
 * in rendered frames. Nothing else of the bundle changes.
 *
 * @param progress receives the number of finished frames
 * @throws InkError if the bundle cannot be used or written
 */
export async function makeReplay(
  folder: string,
  options: ReplayOptions,
  progress: (frames: number) => void,
): Promise<ReplayCounts> {
  const { model, manifest } = await openCheckedBundle(folder);
  const proposed = await proposeCrops({ ...options, negatives: undefined, cuts: 1 }, progress);
  const crops = await credibleCrops(proposed.crops, options.check);
  const predictor = startTflitePredictor({ name: manifest.name, model, labels: manifest.labels });
  try {
    const sureness = async (dataset: Dataset): Promise<readonly number[]> => {
      const classes = dataset.classes.map((name) => (name === OTHER_CHARACTER ? 'none' : name));
      const { probabilities, truth, labels } = await predictAll(predictor, { ...dataset, classes });
      return Array.from(truth, (label, index) => probabilities[index * labels + label]);
    };
    const set = await choosePictures(await readMnist(), crops, sureness, new Random(options.seed));
    const replay = encodeReplay(set);
    await addToBundle(folder, { replay });
    const [learn, hardTest, negatives] = [set.learn, set.hardTest, set.negatives].map(({ labels }) => labels.length);
    return { learn, hardTest, negatives, bytes: replay.length };
  } finally {
    await predictor.close();
  }
}
