import { join } from 'node:path';
import { replaceFile } from '@inkcast/shared/files';
import type { Dataset } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { composeOccasion, type Occasion } from './compose/demo-scenes.js';
import { DigitPictures } from './compose/digit-pictures.js';
import { NoiseTile } from './noise-tile.js';
import { type RenderedScene, renderScene } from './render/render-scene.js';

const NOISE_SEED = 20;
const JPEG_QUALITY = 80;

/** A scene as a JPEG. */
export async function encodeScene({ width, height, pixels }: RenderedScene): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

/**
 * Writes sample scenes. Scenes with digits go to `photos`, with labels in `photos/labels.json`. Scenes without digits go to
 * `negatives`, with a list in `negatives/sources.json`. The same seed and digits give the same pixels.
 *
 * @param digits the digits of the scenes
 * @param source name of the digits' source in the labels
 * @returns the files, relative to `folder`
 */
export async function writeScenes(
  folder: string,
  occasions: readonly Occasion[],
  digits: Dataset,
  source: string,
  seed: number,
): Promise<string[]> {
  const pictures = new DigitPictures(digits);
  const noise = NoiseTile.make(NOISE_SEED);
  const seeds = new Random(seed);
  const files: string[] = [];
  for (const [index, occasion] of occasions.entries()) {
    const scene = composeOccasion(occasion, pictures, seeds.fork(index));
    const file = join(occasion.rows.length === 0 ? 'negatives' : 'photos', fileName(index, occasion));
    await replaceFile(join(folder, file), await encodeScene(renderScene(scene, noise)));
    files.push(file);
  }
  const listed = occasions.map((occasion, index) => ({ occasion, file: fileName(index, occasion) }));
  const labels = listed
    .filter(({ occasion }) => occasion.rows.length > 0)
    .map(({ occasion: { rows, tags, tier }, file }) => ({
      file,
      digits: rows.join(''),
      rows,
      order: 'reading',
      tags,
      writer: 'mnist',
      source,
      tier,
    }));
  const negatives = listed
    .filter(({ occasion }) => occasion.rows.length === 0)
    .map(({ occasion: { tags }, file }) => ({ file, source, tags, strict: true }));
  await replaceFile(join(folder, 'photos', 'labels.json'), json(labels));
  await replaceFile(join(folder, 'negatives', 'sources.json'), json(negatives));
  return files;
}

function fileName(index: number, { name }: Occasion): string {
  return `${String(index + 1).padStart(2, '0')}-${name}.jpg`;
}

function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
