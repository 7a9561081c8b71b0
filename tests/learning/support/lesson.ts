import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Hand, handSight } from '@inkcast/lab/synthesis';
import { openBundle } from '@inkcast/shared/bundle';
import { encodeLabelledCrops, type LabelledCrop, type LearnTask, NONE } from '@inkcast/shared/teaching';
import { addToBundle } from '@inkcast/training/bundle';
import { type Dataset, subset } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import { encodeReplay, replayOf } from '@inkcast/training/replay';

export const DIGITS = fileURLToPath(new URL('../../../models/digits', import.meta.url));
/** Of ten characters of a hand in a row, two are held back, other ones in each row. */
const HOLD_BACK = 5;

/** A copy of the shipped bundle with a small replay set, which makes learning quick. */
export async function quickBundle(folder: string): Promise<string> {
  const { learn, hardTest, negatives } = replayOf(await openBundle(DIGITS));
  const base = join(folder, 'digits');
  await cp(DIGITS, base, { recursive: true });
  const replay = encodeReplay({
    learn: everyOther(learn, 4),
    hardTest: everyOther(hardTest, 8),
    negatives: everyOther(negatives, 4),
  });
  await addToBundle(base, { replay });
  return base;
}

const everyOther = (dataset: Dataset, step: number): Dataset =>
  subset(
    dataset,
    Array.from({ length: Math.floor(dataset.labels.length / step) }, (_, index) => step * index),
  );

export interface LessonOptions {
  readonly seed: number;
  readonly count: number;
  /** Share of wrong labels. */
  readonly wrong?: number;
  /** Whether they come with what is around them; default not. */
  readonly around?: boolean;
}

/** A labelled crop, and the character that it really is. */
export interface LessonCrop extends LabelledCrop {
  readonly truth: string;
}

/** Crops that a person labelled, some of them wrong. */
export function lesson(
  hand: Hand,
  names: readonly string[],
  { seed, count, wrong = 0, around: isSeen = false }: LessonOptions,
): LessonCrop[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index): LessonCrop => {
    const at = index % names.length;
    const isWrong = random.next() < wrong;
    const label = isWrong ? names[(at + 1 + random.integer(names.length - 1)) % names.length] : names[at];
    const heldBack = index % HOLD_BACK === Math.floor(index / names.length) % HOLD_BACK;
    const { pixels, around } = handSight(hand, names[at], random);
    const crop = { id: `C${index}`, label, truth: names[at], heldBack, confirmed: false, pixels };
    return isSeen ? { ...crop, around } : crop;
  });
}

/** Writes the file of labelled crops, and returns the task that learns from it. */
export async function taskFor(folder: string, base: string, crops: readonly LabelledCrop[]): Promise<LearnTask> {
  const file = join(folder, 'labels.jsonl');
  const classes = [...new Set([...crops.map(({ label }) => label), NONE])];
  const known = crops.map(({ id, label, heldBack, confirmed, pixels, around }) => ({
    ...{ id, label, heldBack, confirmed, pixels },
    ...(around === undefined ? {} : { around }),
  }));
  await writeFile(file, encodeLabelledCrops({ classes, crops: known }));
  return {
    kind: 'learn',
    base,
    crops: file,
    out: join(folder, 'candidate'),
    version: '2.1.0-taught.1',
    seed: 1,
    niceness: 0,
  };
}
