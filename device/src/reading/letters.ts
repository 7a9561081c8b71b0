import type { Box } from '../vision/index.js';
import { areSideBySide } from './side-by-side.js';

/** Signs that stand at about the same height belong to one line; gaps in it, against a sign's height. */
const LINE_GAP = 3;
/** Gap within a word. */
const WORD_GAP = 0.5;
const OF_ONE_LINE = { heightFactor: 2.2, overlap: 0.4 };
/** A line with so many letters, and so many for each digit, is text. */
const TEXT_LETTERS = 5;
const TEXT_RATIO = 1.5;
/** Mean width of a letter, against the height of its line. */
const LETTER_WIDTH = 0.7;
/** These are also O, l, S and g: in a text they are taken for letters, even where they stand alone. */
const LETTER_LIKE: ReadonlySet<number> = new Set([0, 1, 5, 9]);

interface Sign {
  readonly box: Box;
  /** Undefined for what is no digit. */
  readonly digit: number | undefined;
}

/**
 * The boxes of digits that are letters of a text by their company: all of a word in which letters prevail; in a line of
 * text, all of a word that holds a letter or nothing but what letters look like. An operator between two numbers stands
 * too far from them to make a word.
 *
 * @param letters boxes of signs that are no digits
 */
export function takenForLetters(
  digits: readonly { readonly box: Box; readonly digit: number }[],
  letters: readonly Box[],
): ReadonlySet<Box> {
  const signs: Sign[] = [...digits, ...letters.map((box) => ({ box, digit: undefined }))];
  const taken = new Set<Box>();
  for (const line of clusters(signs, LINE_GAP)) {
    const lettersInLine = countLetters(line);
    const isText = lettersInLine >= TEXT_LETTERS && lettersInLine >= TEXT_RATIO * countDigits(line);
    for (const word of clusters(line, WORD_GAP)) {
      const lettersInWord = countLetters(word);
      const letterLike = word.every(({ digit }) => digit === undefined || LETTER_LIKE.has(digit));
      const isWord = isText ? lettersInWord > 0 || letterLike : lettersInWord > countDigits(word);
      if (isWord) for (const { box } of word) taken.add(box);
    }
  }
  return taken;
}

const countDigits = (signs: readonly Sign[]): number => signs.filter(({ digit }) => digit !== undefined).length;

/** Letters that hang together are found as one sign, as wide as they all are. */
const countLetters = (signs: readonly Sign[]): number =>
  signs
    .filter(({ digit }) => digit === undefined)
    .reduce((sum, { box }) => sum + Math.max(1, Math.round(box.width / (LETTER_WIDTH * box.height))), 0);

/** Groups of signs that hang together by neighbours no farther apart than `gap` heights. */
function clusters(signs: readonly Sign[], gap: number): Sign[][] {
  const left = new Set(signs);
  const found: Sign[][] = [];
  for (const first of signs) {
    if (!left.delete(first)) continue;
    const cluster = [first];
    for (const member of cluster) {
      for (const other of left) {
        if (!areSideBySide(member.box, other.box, { ...OF_ONE_LINE, gap })) continue;
        left.delete(other);
        cluster.push(other);
      }
    }
    found.push(cluster);
  }
  return found;
}
