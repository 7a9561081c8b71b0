import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import type { CharacterReader } from './character-reader.js';
import { type Dataset, DIGIT_SHAPE, pictureSize } from './dataset.js';

const EXTENSIONS: ReadonlySet<string> = new Set(['.png', '.jpg', '.jpeg', '.webp']);
/** Number of pictures that are decoded at the same time. The decoder has four threads. */
const AT_A_TIME = 16;

/**
 * Reads a folder with one folder per class, named after the class, with PNG, JPEG or WebP pictures of one character each.
 * The classes are in the natural order of their names.
 *
 * @param reader extracts the character of each picture and scales it to 28x28
 * @throws InkError INK_DATASET_MISSING, INK_DATASET_INVALID naming an empty class folder, INK_IMAGE_UNREADABLE naming
 * the picture
 */
export async function readPictureFolder(folder: string, reader: CharacterReader): Promise<Dataset> {
  const classes = await classFolders(folder);
  const perClass = await Promise.all(classes.map((name) => pictureFiles(join(folder, name))));
  const files = perClass.flatMap((paths, label) => paths.map((path) => ({ path, label })));
  const size = pictureSize(DIGIT_SHAPE);
  const images = new Uint8Array(files.length * size);
  const hashes = classes.map(() => createHash('sha256'));
  for (let start = 0; start < files.length; start += AT_A_TIME) {
    const part = files.slice(start, start + AT_A_TIME);
    const contents = await Promise.all(part.map(({ path }) => readWholeFile(path)));
    const pictures = await Promise.all(contents.map((bytes, index) => reader.read(bytes, part[index].path)));
    part.forEach(({ label }, index) => {
      hashes[label].update(contents[index]);
      images.set(pictures[index], (start + index) * size);
    });
  }
  return {
    name: folder,
    shape: DIGIT_SHAPE,
    images,
    labels: Uint16Array.from(files, ({ label }) => label),
    classes,
    sha256: Object.fromEntries(classes.map((name, label) => [name, hashes[label].digest('hex')])),
  };
}

async function classFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new InkError('INK_DATASET_MISSING', `${folder} is not a folder of pictures by class.`, { cause });
  });
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  if (names.length < 2) {
    throw new InkError(
      'INK_DATASET_INVALID',
      `${folder} contains ${names.length} class folders, but at least two are necessary.`,
    );
  }
  return names.sort(new Intl.Collator('en', { numeric: true }).compare);
}

async function pictureFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => EXTENSIONS.has(extname(name).toLowerCase()));
  if (names.length === 0) {
    throw new InkError('INK_DATASET_INVALID', `The class folder ${folder} contains no PNG, JPEG or WebP picture.`);
  }
  return names.sort().map((name) => join(folder, name));
}
