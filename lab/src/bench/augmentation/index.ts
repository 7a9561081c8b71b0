import { availableParallelism } from 'node:os';
import {
  type AugmentationStep,
  Augmenter,
  augmentationStepSchema,
  pictureAt,
  readMnistTest,
  TUTORIAL_AUGMENTATION,
} from '@inkcast/training/data';
import type { Benchmark } from '../benchmark.js';
import { timeOurSteps } from '../training/ours.js';

const BATCH = 64;
const PICTURES = 4000;
const ROUNDS = 5;
const KINDS = ['rotation', 'zoom', 'shift', 'shear', 'elastic', 'strokeWidth', 'blur', 'noise', 'cutout'] as const;

interface Result {
  /** Microseconds per picture, including the copy of the picture. */
  readonly usPerPicture: Readonly<Record<string, number>>;
  /** The tutorial's training step without augmentation, on all threads. */
  readonly msPerStep: number;
  /** The tutorial's augmentation of a batch of 64, as a share of that step. */
  readonly tutorialShareOfStep: number;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

async function measure(): Promise<Result> {
  const mnist = await readMnistTest();
  const step = (kind: string): AugmentationStep => augmentationStepSchema.parse({ kind });
  const augmentations: [string, readonly AugmentationStep[]][] = [
    ['none', []],
    ...KINDS.map((kind): [string, AugmentationStep[]] => [kind, [step(kind)]]),
    ['tutorial', TUTORIAL_AUGMENTATION],
    ['all', KINDS.map(step)],
  ];
  const picture = new Float32Array(784);
  const timed = augmentations.map(([name, steps]): [string, number] => {
    const augmenter = new Augmenter(steps, { width: 28, height: 28 }, 1);
    const times = Array.from({ length: ROUNDS }, (_, epoch) => {
      const begin = performance.now();
      for (let index = 0; index < PICTURES; index++) {
        const stored = pictureAt(mnist, index);
        for (let pixel = 0; pixel < picture.length; pixel++) picture[pixel] = stored[pixel] / 255;
        augmenter.augment(picture, epoch, index);
      }
      return ((performance.now() - begin) * 1000) / PICTURES;
    });
    return [name, round(times.toSorted((a, b) => a - b)[ROUNDS >> 1])];
  });
  const usPerPicture = Object.fromEntries(timed);
  const { msPerStep } = await timeOurSteps(availableParallelism(), 40);
  const batchMs = (usPerPicture.tutorial * BATCH) / 1000;
  return { usPerPicture, msPerStep: round(msPerStep), tutorialShareOfStep: round(batchMs / msPerStep) };
}

function describe({ usPerPicture, msPerStep, tutorialShareOfStep }: Result): string[] {
  return [
    ...Object.entries(usPerPicture).map(([name, us]) => `${name}: ${us} us a picture`),
    `the tutorial's step: ${msPerStep} ms; its augmentation: ${(100 * tutorialShareOfStep).toFixed(1)} % of it`,
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe };
