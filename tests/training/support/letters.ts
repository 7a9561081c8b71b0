import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '@inkcast/training/random';
import sharp from 'sharp';

/** Strokes of a few letters, in a box of 100x100. */
const LETTERS = {
  L: 'M30 15 V80 H75',
  T: 'M20 20 H80 M50 20 V85',
  V: 'M20 20 L50 80 L80 20',
  Z: 'M20 20 H80 L20 80 H80',
};

/** Writes `count` pictures of each of these letters, every one a little different, into folders by their names. */
export async function writeLetters(
  folder: string,
  letters: readonly (keyof typeof LETTERS)[],
  count: number,
): Promise<void> {
  const random = new Random(5);
  for (const letter of letters) {
    await mkdir(join(folder, letter), { recursive: true });
    for (let index = 0; index < count; index++) {
      const [angle, width] = [random.uniform(-12, 12), random.uniform(8, 14)];
      const svg =
        `<svg width="100" height="100"><rect width="100" height="100" fill="#f4f0e6"/><path d="${LETTERS[letter]}" ` +
        `transform="rotate(${angle} 50 50)" fill="none" stroke="#222840" stroke-width="${width}"/></svg>`;
      await writeFile(join(folder, letter, `${index}.png`), await sharp(Buffer.from(svg)).png().toBuffer());
    }
  }
}
