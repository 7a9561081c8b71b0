import type { Dataset } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { Characters } from './compose/characters.js';
import { DigitPictures } from './compose/digit-pictures.js';
import { composePractice } from './compose/practice-scene.js';
import { composeTexture } from './compose/texture-frame.js';
import { chance } from './draws.js';
import { NoiseTile } from './noise-tile.js';
import { type RenderedScene, renderScene, type SeenMark } from './render/render-scene.js';

/** A frame to learn from: luma as a reader sees it, and all that is written in it. */
export interface PracticeFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
  readonly seen: readonly SeenMark[];
}

const NOISE_SEED = 20;
/** Share of frames that hold no writing at all. */
const TEXTURES = 0.25;

/**
 * Frames number `first` to `first + count - 1` of the endless row that `seed` stands for: a frame depends on the seed
 * and its number alone, so that parts can be made apart.
 *
 * @param digits the handwriting to write with: training pictures only
 */
export async function* practiceFrames(
  digits: Dataset,
  { seed, first, count }: { readonly seed: number; readonly first: number; readonly count: number },
): AsyncGenerator<PracticeFrame> {
  const characters = new Characters(new DigitPictures(digits));
  const noise = NoiseTile.make(NOISE_SEED);
  const seeds = new Random(seed);
  for (let number = first; number < first + count; number++) {
    const random = seeds.fork(number);
    if (chance(random, TEXTURES)) {
      yield { ...composeTexture(noise, random), seen: [] };
      continue;
    }
    const scene = renderScene(await composePractice(characters, random), noise);
    yield { width: scene.width, height: scene.height, gray: await compressed(scene, random), seen: scene.seen };
  }
}

/** The scene's luma after a JPEG encoder of any quality. */
async function compressed({ width, height, pixels }: RenderedScene, random: Random): Promise<Uint8Array> {
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 35 + random.integer(61) })
    .toBuffer();
  return sharp(jpeg).grayscale().raw().toBuffer();
}
