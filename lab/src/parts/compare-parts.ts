import { isDeepStrictEqual } from 'node:util';
import { decodePicture } from '@inkcast/device/camera';
import { openDigitEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import type { Reading } from '@inkcast/reader/reading';

/** The set-ups of a device: the default one, and that of a small machine. */
const PARTS = {
  defaults: { vision: 'wasm', backEnd: 'cpu' },
  small: { vision: 'kernels', backEnd: 'inkcast' },
} as const;

/** A picture that the two set-ups read otherwise. */
export interface Difference {
  readonly file: string;
  readonly defaults: string;
  readonly small: string;
}

export interface Comparison {
  readonly model: string;
  readonly pictures: number;
  /** Digits that the default set-up read. */
  readonly digits: number;
  /** Pictures with other digits. */
  readonly others: readonly Difference[];
  /** Pictures with the same digits, but another box, confidence or rejection. */
  readonly alike: readonly string[];
}

/**
 * Reads pictures with the default parts and with the small ones, and compares the whole readings.
 *
 * @param files JPEG, PNG or WebP pictures
 * @param bundle folder of the models
 * @param onPicture told the number of pictures that are compared
 * @throws InkError what a picture, the bundle or the parts throw
 */
export async function compareParts(
  files: readonly string[],
  bundle: string,
  onPicture: (count: number) => void = () => {},
): Promise<Comparison> {
  const models = await openCheckedBundle(bundle);
  const defaults = await openDigitEngine(models, PARTS.defaults);
  try {
    const small = await openDigitEngine(models, PARTS.small);
    try {
      const others: Difference[] = [];
      const alike: string[] = [];
      let digits = 0;
      for (const [index, file] of files.entries()) {
        const frame = await decodePicture(file);
        const [one, other]: Reading[] = [defaults, small].map(({ reader }) => reader.read(frame).reading);
        digits += one.digits.length;
        if (one.text !== other.text) others.push({ file, defaults: one.text, small: other.text });
        else if (!isDeepStrictEqual(one, other)) alike.push(file);
        onPicture(index + 1);
      }
      return { model: defaults.model, pictures: files.length, digits, others, alike };
    } finally {
      small.close();
    }
  } finally {
    defaults.close();
  }
}
