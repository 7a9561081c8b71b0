import { sha256 } from '@inkcast/shared/files';
import { classCounts, type Dataset, pictureAt, pictureSize } from './dataset.js';

/** The statistics of a data set that `inkcast-train data stats` prints. */
export interface DatasetStatistics {
  readonly name: string;
  readonly pictures: number;
  readonly height: number;
  readonly width: number;
  readonly classes: readonly { readonly name: string; readonly pictures: number; readonly share: number }[];
  /** Mean and standard deviation of all pixels, 0 (no ink) to 1 (full). */
  readonly mean: number;
  readonly deviation: number;
  /** Mean share of pixels with more than half of the full ink. */
  readonly inkShare: number;
  /** Pictures without any ink. */
  readonly blank: number;
  /** Pictures that are copies of an earlier picture. */
  readonly duplicates: number;
  /** Copies whose label differs from the first one's. */
  readonly contradictions: number;
}

export function datasetStatistics(dataset: Dataset): DatasetStatistics {
  const pictures = dataset.labels.length;
  const histogram = new Float64Array(256);
  for (const value of dataset.images) histogram[value]++;
  const values = pictures * pictureSize(dataset.shape);
  const mean = histogram.reduce((sum, times, value) => sum + times * value, 0) / values;
  const variance = histogram.reduce((sum, times, value) => sum + times * (value - mean) ** 2, 0) / values;
  const [height, width] = dataset.shape;
  return {
    name: dataset.name,
    pictures,
    height,
    width,
    classes: classCounts(dataset).map((count, label) => ({
      name: dataset.classes[label],
      pictures: count,
      share: count / pictures,
    })),
    mean: mean / 255,
    deviation: Math.sqrt(variance) / 255,
    inkShare: histogram.subarray(128).reduce((sum, times) => sum + times, 0) / values,
    ...repetitions(dataset),
  };
}

function repetitions(dataset: Dataset): Pick<DatasetStatistics, 'blank' | 'duplicates' | 'contradictions'> {
  const seen = new Map<string, number>();
  const found = { blank: 0, duplicates: 0, contradictions: 0 };
  for (let index = 0; index < dataset.labels.length; index++) {
    const picture = pictureAt(dataset, index);
    if (picture.every((value) => value === 0)) found.blank++;
    const key = sha256(picture);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, dataset.labels[index]);
    } else {
      found.duplicates++;
      if (first !== dataset.labels[index]) found.contradictions++;
    }
  }
  return found;
}
