import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { inRepository } from '../../repository/index.js';

const [WIDTH, HEIGHT] = [640, 480];

/** Folders of JPEG pictures of 640x480. */
export interface SceneFolders {
  /** All sample scenes. */
  readonly changing: string;
  /** One of them. */
  readonly still: string;
  /** The pictures of `changing`. */
  readonly files: readonly string[];
}

export async function writeSceneFolders(folder: string): Promise<SceneFolders> {
  const scenes = inRepository('assets/scenes/photos');
  const names = (await readdir(scenes)).filter((name) => name.endsWith('.jpg')).sort();
  const [changing, still] = [join(folder, 'changing'), join(folder, 'still')];
  await Promise.all([mkdir(changing), mkdir(still)]);
  for (const name of names) {
    const scene = sharp(join(scenes, name)).autoOrient().resize(WIDTH, HEIGHT, { fit: 'contain', background: '#fff' });
    const jpeg = await scene.jpeg().toBuffer();
    await sharp(jpeg).toFile(join(changing, name));
    if (name === names[0]) await sharp(jpeg).toFile(join(still, name));
  }
  return { changing, still, files: names.map((name) => join(changing, name)) };
}
