import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LumaFrame } from '@inkcast/reader/vision';
import sharp from 'sharp';
import { inRepository } from '../repository/index.js';

export const FRAME_SIZE = { width: 640, height: 480 } as const;

/** The sample scenes as frames of one size, in the order of their names. */
export async function sceneFrames(): Promise<LumaFrame[]> {
  const folder = inRepository('assets/scenes/photos');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort();
  const { width, height } = FRAME_SIZE;
  return Promise.all(
    names.map(async (name) => {
      const picture = sharp(join(folder, name)).resize(width, height, { fit: 'fill' }).grayscale();
      return { width, height, gray: new Uint8Array(await picture.raw({ depth: 'uchar' }).toBuffer()) };
    }),
  );
}
