import type { NewCrop } from '@inkcast/device/teaching';
import { readMnistTest } from '@inkcast/training/data';

const PIXELS = 28 * 28;

/** A crop as handwriting shows it, and what it is. */
export interface Handwritten {
  readonly pixels: Uint8Array;
  readonly label: string;
}

/** The first digits of MNIST's test set but for ones, which resemble one another too much to be told apart. */
export async function handwriting(count: number): Promise<readonly Handwritten[]> {
  const all = await handwrittenDigits();
  return all.filter(({ label }) => label !== '1').slice(0, count);
}

/** The first ones of MNIST's test set. */
export async function handwrittenOnes(count: number): Promise<readonly Handwritten[]> {
  const all = await handwrittenDigits();
  return all.filter(({ label }) => label === '1').slice(0, count);
}

async function handwrittenDigits(): Promise<readonly Handwritten[]> {
  const { images, labels } = await readMnistTest();
  return Array.from(labels.subarray(0, 500), (label, index) => ({
    pixels: Uint8Array.from(images.subarray(index * PIXELS, (index + 1) * PIXELS)),
    label: String(label),
  }));
}

/** A crop for the queue. @param sure probability of its likeliest class */
export function newCrop(pixels: Uint8Array, sure = 0.6, more: Partial<NewCrop> = {}): NewCrop {
  return {
    takenAt: new Date(),
    origin: 'camera',
    reason: 'unsure',
    pixels,
    around: undefined,
    surroundings: undefined,
    guesses: [
      { label: '7', probability: sure },
      { label: '1', probability: 1 - sure },
    ],
    region: undefined,
    model: 'digits@2.1.0',
    ...more,
  };
}
