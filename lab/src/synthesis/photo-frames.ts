import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InkError, reasonOf } from '@inkcast/shared/errors';
import { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { logUniform } from './draws.js';
import type { PracticeFrame } from './practice-frames.js';

const SUFFIXES = new Set(['.jpg', '.jpeg', '.png', '.webp']);
/** Longer side of the frames in pixels, and the share of the picture's longer side that each frame shows. */
const MAX_SIDE_PIXELS = 640;
const MIN_SIDE_PIXELS = 240;
const MIN_SHOWN_SHARE = 0.12;

/**
 * Frames that are cut at random from photographs without digits. Generated textures do not look like them.
 *
 * @param folder of JPEG, PNG or WebP pictures
 * @param perPicture frames cut from each
 */
export async function* photoFrames(
  folder: string,
  { seed, perPicture }: { readonly seed: number; readonly perPicture: number },
): AsyncGenerator<PracticeFrame> {
  const names = await photographsIn(folder);
  const seeds = new Random(seed);
  for (const [index, name] of names.entries()) {
    const random = seeds.fork(index);
    const path = join(folder, name);
    const { width, height } = await sizeOf(path);
    for (let cut = 0; cut < perPicture; cut++) {
      const share = logUniform(random, MIN_SHOWN_SHARE, 1);
      const part = { width: Math.ceil(share * width), height: Math.ceil(share * height) };
      const left = random.integer(width - part.width + 1);
      const top = random.integer(height - part.height + 1);
      const side = MIN_SIDE_PIXELS + random.integer(MAX_SIDE_PIXELS - MIN_SIDE_PIXELS + 1);
      const { data, info } = await sharp(path)
        .autoOrient()
        .flatten({ background: '#ffffff' })
        .extract({ left, top, ...part })
        .resize(side, side, { fit: 'inside', withoutEnlargement: true })
        .grayscale()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true })
        .catch((cause: unknown) => {
          throw unreadable(path, cause);
        });
      yield { width: info.width, height: info.height, gray: data, seen: [], kind: 'photo' };
    }
  }
}

/** The names of the photographs in a folder, sorted. @throws InkError INK_FILE_UNREADABLE */
export async function photographsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new InkError('INK_FILE_UNREADABLE', `${folder} cannot be read: ${reasonOf(cause)}.`, { cause });
  });
  return names.filter((name) => SUFFIXES.has(extname(name).toLowerCase())).sort();
}

/** As it is shown. */
async function sizeOf(path: string): Promise<{ readonly width: number; readonly height: number }> {
  try {
    return (await sharp(path).metadata()).autoOrient;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): InkError {
  return new InkError('INK_IMAGE_UNREADABLE', `${path} cannot be decoded: ${reasonOf(cause)}.`, { cause });
}
