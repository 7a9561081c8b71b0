import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeIdx } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';

const CLASSES = 3;

/**
 * Writes a data set that is learned in a few steps into `folder`, in files named as MNIST's are: square
 * pictures with a bar of ink whose place is the class (0, 1 or 2), under noise. With `paper` 255, they are inverted.
 */
export async function writeTinyData(
  folder: string,
  { train = 96, test = 30, side = 12, paper = 0 } = {},
): Promise<void> {
  const random = new Random(11);
  await mkdir(folder, { recursive: true });
  for (const [part, count] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    const labels = Uint8Array.from({ length: count }, (_, index) => index % CLASSES);
    const data = new Uint8Array(count * side * side);
    for (let at = 0; at < data.length; at++) {
      const label = labels[Math.floor(at / side ** 2)];
      const row = Math.floor(at / side) % side;
      const inBar = row >= 1 + 4 * label && row < 3 + 4 * label;
      const ink = inBar ? 255 - random.integer(60) : random.integer(60);
      data[at] = paper === 0 ? ink : paper - ink;
    }
    await writeFile(join(folder, `${part}-images-idx3-ubyte`), encodeIdx({ sizes: [count, side, side], data }));
    await writeFile(join(folder, `${part}-labels-idx1-ubyte`), encodeIdx({ sizes: [count], data: labels }));
  }
}

/** Arguments that train a small network on it in no time. */
export const tinyTraining = (folder: string): string[] => [
  'train',
  'lenet',
  ...['--data', folder, '--width', '0.25', '--batch', '16'],
];
