import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const SCENES = fileURLToPath(new URL('../../../../assets/scenes/photos/', import.meta.url));
const [WIDTH, HEIGHT] = [640, 480];
export const FRAMES_PER_SECOND = 5;

/** The section `camera` of the configuration, by what a camera delivers. */
export interface StillCameras {
  /** Pixels, as rpicam-vid does. A script writes them, which takes hardly any memory of its own. */
  readonly pixels: object;
  /** JPEG pictures, which the daemon decodes. */
  readonly pictures: object;
}

/**
 * Writes the sample scenes as frames of 640x480 that change with every frame.
 *
 * @param count number of scenes, after which they begin again
 */
export async function writeStillCameras(folder: string, count?: number): Promise<StillCameras> {
  const names = (await readdir(SCENES)).filter((name) => name.endsWith('.jpg')).slice(0, count);
  const [pixels, pictures] = [join(folder, 'pixels'), join(folder, 'pictures')];
  await Promise.all([pixels, pictures].map((each) => mkdir(each)));
  for (const name of names) {
    const scene = sharp(join(SCENES, name))
      .autoOrient()
      .resize(WIDTH, HEIGHT, { fit: 'contain', background: '#ffffff' });
    await scene.clone().jpeg().toFile(join(pictures, name));
    const luma = await scene.grayscale().raw().toBuffer();
    // YUV420: the luma, then two planes of colour, each of a quarter of its size.
    await writeFile(join(pixels, `${name}.yuv`), Buffer.concat([luma, Buffer.alloc(luma.length / 2, 128)]));
  }
  const program = join(folder, 'rpicam-vid');
  const frame = `cat "$frame"; sleep ${1 / FRAMES_PER_SECOND}`;
  await writeFile(program, `#!/bin/sh\nwhile :; do for frame in '${pixels}'/*; do ${frame}; done; done\n`, {
    mode: 0o755,
  });
  return {
    pixels: { source: 'rpicam', program, width: WIDTH, height: HEIGHT, rate: FRAMES_PER_SECOND },
    pictures: { source: 'directory', folder: pictures, loop: true, rate: FRAMES_PER_SECOND },
  };
}
