import { DIGIT_SIDE } from '@inkcast/shared/normalization';

/** Height, width, channels. Pictures of ours have one channel: ink, 0 none to 255 full. */
export type PictureShape = readonly [height: number, width: number, channels: 1];

export const DIGIT_SHAPE: PictureShape = [DIGIT_SIDE, DIGIT_SIDE, 1];

/** Labelled pictures, all of one size. */
export interface Dataset {
  readonly name: string;
  readonly shape: PictureShape;
  /** One picture after the other, row-major; as many as there are labels. */
  readonly images: Uint8Array;
  /** The class of each picture, an index into `classes`. */
  readonly labels: Uint16Array;
  readonly classes: readonly string[];
  /** SHA-256 of the files that the pictures were read from, by name. A run records them as its data. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** The training pictures of a run and, if the source has some, the pictures for the test at its end. */
export interface DatasetPair {
  readonly train: Dataset;
  readonly test: Dataset | undefined;
}

export const pictureSize = ([height, width, channels]: PictureShape): number => height * width * channels;

/** The pixels of picture `index`, not copied. */
export function pictureAt(dataset: Dataset, index: number): Uint8Array {
  const size = pictureSize(dataset.shape);
  return dataset.images.subarray(index * size, (index + 1) * size);
}

/** The pictures at `indices`, copied, in that order. */
export function subset(dataset: Dataset, indices: ArrayLike<number>): Dataset {
  const size = pictureSize(dataset.shape);
  const images = new Uint8Array(indices.length * size);
  const labels = new Uint16Array(indices.length);
  for (let place = 0; place < indices.length; place++) {
    images.set(pictureAt(dataset, indices[place]), place * size);
    labels[place] = dataset.labels[indices[place]];
  }
  return { ...dataset, images, labels };
}

/** The number of pictures of each class, in the order of `classes`. */
export function classCounts(dataset: Dataset): readonly number[] {
  const counts = new Array<number>(dataset.classes.length).fill(0);
  for (const label of dataset.labels) counts[label]++;
  return counts;
}
