import type { Dataset } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import { Characters } from './compose/characters.js';
import { DigitPictures } from './compose/digit-pictures.js';
import { compress, degrade } from './degrade.js';
import { composeOf, drawKind, KINDS, type Kind } from './kinds/index.js';
import type { Studio } from './kinds/kind.js';
import { NoiseTile } from './noise-tile.js';
import { renderScene, type SeenMark } from './render/render-scene.js';

/** A training frame: its luma and its characters. */
export interface PracticeFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
  readonly seen: readonly SeenMark[];
  /** The kind of the frame; `photo` for a part of a photograph. */
  readonly kind: Kind | 'photo';
}

export interface PracticeOptions {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  /** Kinds to draw; default: all. Kinds that are left out can serve as a test. */
  readonly kinds?: readonly Kind[];
}

const NOISE_SEED = 20;

/**
 * Frames `first` to `first + count - 1` of the endless sequence that `seed` and the kinds define. A frame depends only on
 * these and on its number, so parts of the sequence can be rendered separately.
 *
 * @param digits pictures of digits; use only training pictures
 */
export async function* practiceFrames(
  digits: Dataset,
  { seed, first, count, kinds = KINDS }: PracticeOptions,
): AsyncGenerator<PracticeFrame> {
  const studio = { characters: await Characters.load(new DigitPictures(digits)), noise: NoiseTile.make(NOISE_SEED) };
  const seeds = new Random(seed);
  for (let number = first; number < first + count; number++) {
    const random = seeds.fork(number);
    yield await makeFrame(studio, drawKind(kinds, random), random);
  }
}

async function makeFrame(studio: Studio, kind: Kind, random: Random): Promise<PracticeFrame> {
  const drawn = await composeOf(kind)(studio, random);
  const { width, height } = drawn;
  if ('gray' in drawn)
    return { width, height, gray: await degrade(drawn, Math.min(width, height), random), seen: [], kind };
  const { pixels, seen } = renderScene(drawn, studio.noise, 'luma');
  const picture = { width, height, gray: pixels };
  const { isFaithful = false } = drawn.camera;
  const gray = isFaithful ? await compress(picture, random) : await degrade(picture, smallDigit(seen), random);
  return { width, height, gray, seen, kind };
}

/** The first quartile of the heights of digits. */
function smallDigit(seen: readonly SeenMark[]): number {
  const heights = seen.filter(({ mark }) => /^[0-9]$/.test(mark.glyph.label)).map(({ box }) => box.height);
  heights.sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 4)] ?? Number.POSITIVE_INFINITY;
}
