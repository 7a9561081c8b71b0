import { basename, dirname, join } from 'node:path';

/** A split of EMNIST in one file of pictures. */
export interface EmnistFile {
  readonly part: 'train' | 'test';
  /** Names of the classes, in the order of the labels. */
  readonly classes: readonly string[];
  /** The label of the first class. */
  readonly firstLabel: number;
  /** Path of the same split's test pictures, whether or not there is such a file. */
  readonly testImages: string;
}

const NAME = /^emnist-(balanced|byclass|bymerge|digits|letters|mnist)-(train|test)-images-idx3-ubyte(?:\.gz)?$/;

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** The small letters that do not look like their capitals. */
const DISTINCT = 'abdefghnqrt';

/**
 * The classes of each split (Cohen et al., "EMNIST: an extension of MNIST to handwritten letters", 2017, and its mapping
 * files). Letters are merged under their capital, except for `byclass` and the distinct small letters.
 */
const CLASSES: Readonly<Record<string, string>> = {
  balanced: DIGITS + CAPITALS + DISTINCT,
  bymerge: DIGITS + CAPITALS + DISTINCT,
  byclass: DIGITS + CAPITALS + CAPITALS.toLowerCase(),
  letters: CAPITALS,
  digits: DIGITS,
  mnist: DIGITS,
};

/** What the name of a file of EMNIST's pictures says, or undefined for another name. EMNIST stores pictures by columns. */
export function emnistFile(path: string): EmnistFile | undefined {
  const [name, split, part] = NAME.exec(basename(path)) ?? [];
  if (name === undefined) return undefined;
  return {
    part: part === 'train' ? 'train' : 'test',
    classes: [...CLASSES[split]],
    firstLabel: split === 'letters' ? 1 : 0,
    testImages: join(dirname(path), name.replace('-train-', '-test-')),
  };
}
