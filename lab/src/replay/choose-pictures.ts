import { type Dataset, type DatasetPair, DIGIT_CLASSES, DIGIT_SHAPE, subset } from '@inkcast/training/data';
import type { Random } from '@inkcast/training/random';
import { joinDatasets, OTHER_CHARACTER, type ReplaySet } from '@inkcast/training/replay';
import { type LabelledCrop, NONE_LABEL } from '../synthesis/index.js';

/** Pictures of each kind. Together they make a file of about 400 kB. */
const COUNTS = { mnist: 1400, digits: 300, none: 400, characters: 150, hardTest: 800, negatives: 250 } as const;
/** As many of MNIST's training pictures are looked at for those that the model is least sure of. */
const LOOKED_AT = 6000;
/** Ink of pictures to learn from is kept in steps of this size, which halves the bytes. */
const INK_STEP = 17;
/** A negative of which the model itself is unsure would turn down every candidate. */
const MIN_NEGATIVE_PROBABILITY = 0.8;

const CLASSES = [...DIGIT_CLASSES, 'none', OTHER_CHARACTER];

/** A model's probability of the class that each picture has. */
export type Sureness = (dataset: Dataset) => Promise<readonly number[]>;

/**
 * The replay set for a model of digits: half of MNIST's pictures are those that it is least sure of, because they say
 * most of where its classes end; the others, and the crops of rendered frames, are drawn at random.
 */
export async function choosePictures(
  { train, test }: DatasetPair,
  crops: readonly LabelledCrop[],
  sureness: Sureness,
  random: Random,
): Promise<ReplaySet> {
  const looked = drawn(train, LOOKED_AT, random);
  const hard = leastSure(await sureness(looked), COUNTS.mnist / 2);
  const others = restOf(looked, hard).slice(0, COUNTS.mnist / 2);
  const kinds = {
    digits: cropSet(crops.filter(({ label }) => label !== NONE_LABEL)),
    none: cropSet(crops.filter(({ label, isCharacter }) => label === NONE_LABEL && !isCharacter)),
    characters: cropSet(crops.filter(({ isCharacter }) => isCharacter)),
  };
  const digits = drawn(kinds.digits, COUNTS.digits, random);
  const characters = drawn(kinds.characters, COUNTS.characters, random);
  const none = drawn(kinds.none, kinds.none.labels.length, random);
  const learned = subset(none, places(none).slice(0, COUNTS.none));
  const sure = await sureness(none);
  const negatives = places(none)
    .slice(COUNTS.none)
    .filter((at) => sure[at] >= MIN_NEGATIVE_PROBABILITY)
    .slice(0, COUNTS.negatives);
  const tested = test ?? train;
  return {
    learn: coarse(joinDatasets('learn', CLASSES, [subset(looked, [...hard, ...others]), digits, learned, characters])),
    hardTest: joinDatasets('hardTest', CLASSES, [subset(tested, leastSure(await sureness(tested), COUNTS.hardTest))]),
    negatives: coarse(joinDatasets('negatives', CLASSES, [subset(none, negatives)])),
  };
}

function cropSet(crops: readonly LabelledCrop[]): Dataset {
  const size = DIGIT_SHAPE[0] * DIGIT_SHAPE[1];
  const images = new Uint8Array(crops.length * size);
  crops.forEach(({ crop }, at) => {
    images.set(crop, at * size);
  });
  const labels = Uint16Array.from(crops, ({ label, isCharacter }) => label + (isCharacter ? 1 : 0));
  return { name: 'crops', shape: DIGIT_SHAPE, images, labels, classes: CLASSES, sha256: {} };
}

function drawn(dataset: Dataset, count: number, random: Random): Dataset {
  const order = places(dataset);
  random.shuffle(order);
  return subset(dataset, order.slice(0, count));
}

function leastSure(sureness: readonly number[], count: number): readonly number[] {
  const order = sureness.map((_, at) => at).sort((one, other) => sureness[one] - sureness[other]);
  return order.slice(0, count);
}

function restOf(dataset: Dataset, taken: readonly number[]): readonly number[] {
  const excluded = new Set(taken);
  return places(dataset).filter((at) => !excluded.has(at));
}

const places = ({ labels }: Dataset): number[] => Array.from(labels, (_, at) => at);

const coarse = (dataset: Dataset): Dataset => ({
  ...dataset,
  images: dataset.images.map((ink) => INK_STEP * Math.round(ink / INK_STEP)),
});
