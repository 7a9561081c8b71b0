import { join } from 'node:path';
import { DIGIT_SIDE, normalizeDigit } from '@inkcast/shared/normalization';
import { decodeBytes, type Picture } from '../camera/index.js';
import { type DigitEngine, openDigitEngine } from '../daemon/index.js';
import { openCheckedBundle, shippedModels } from '../inference/index.js';
import { characterIn } from './character-in.js';

/** The shipped bundle with a spotter and a judgement. */
const BUNDLE = 'digits';

/**
 * Crops pictures of single characters as the device crops frames, for training and trying models on such pictures. It
 * owns OpenCV and the networks of the shipped bundle.
 */
export class CharacterReader {
  readonly #engine: DigitEngine;

  /** Use `openCharacterReader`. */
  constructor(engine: DigitEngine) {
    this.#engine = engine;
  }

  /**
   * Crops the character of a picture for a classifier. A 28x28 picture with a black background is already in MNIST's
   * form and is returned unchanged.
   *
   * @param bytes of a JPEG, PNG or WebP file
   * @param name the picture's name in messages
   * @returns 28x28 bytes, white ink on black; all zero if there is no ink
   * @throws InkError INK_IMAGE_UNREADABLE, INK_VISION_FAILED
   */
  async read(bytes: Uint8Array, name: string): Promise<Uint8Array> {
    const { width, height, gray } = await decodeBytes(bytes, name);
    if (isCrop({ width, height, gray })) return normalizeDigit({ width, height, data: gray });
    const { operations, models } = this.#engine;
    return characterIn(operations, models, { width, height, gray })?.crop ?? new Uint8Array(DIGIT_SIDE ** 2);
  }

  close(): void {
    this.#engine.close();
  }
}

/** Opens a reader with OpenCV and the networks. @throws InkError what vision or inference throws */
export async function openCharacterReader(): Promise<CharacterReader> {
  const bundle = await openCheckedBundle(join(shippedModels(), BUNDLE));
  return new CharacterReader(await openDigitEngine(bundle, { backEnd: 'cpu' }));
}

/** Whether a picture has MNIST's size and a mostly black border. */
function isCrop({ width, height, gray }: Pick<Picture, 'width' | 'height' | 'gray'>): boolean {
  if (width !== DIGIT_SIDE || height !== DIGIT_SIDE) return false;
  const isBorder = (_: number, at: number): boolean => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  };
  const border = gray.filter(isBorder).sort();
  return border[border.length >> 1] === 0;
}
