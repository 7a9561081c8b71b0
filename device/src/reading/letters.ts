import { areWithin, type Box, boundingBox, gaps, middle } from '../vision/index.js';
import { areSideBySide } from './side-by-side.js';

/** Signs that stand at about the same height belong to one line; gaps in it, against a sign's height. */
const LINE_GAP = 3;
/** Gap within a word. */
const WORD_GAP = 0.5;
const OF_ONE_LINE = { heightFactor: 2.2, overlap: 0.4 };
/** A word is one of letters where there are more of them than digits, or so many and so many for each digit. */
const WORD_LETTERS = 3;
const WORD_RATIO = 0.6;
/** A line with so many letters, and so many for each digit, is text. */
const TEXT_LETTERS = 5;
const TEXT_RATIO = 1.5;
/** The same of the line above or below a line of text, which is this near, against its height: text comes in paragraphs. */
const PARAGRAPH_RATIO = 0.3;
const PARAGRAPH_GAP = 1.5;
/** Largest gap to the lines above and below within a paragraph, against the height of what stands between them. */
const ENCLOSING_GAP = 0.8;
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
 * The boxes of digits that are letters of a text by their company: all of a word with many letters; in a line of text, all
 * of a word that holds a letter, stands between letters, or holds nothing but what letters look like, and what is as small
 * as a comma; and what lines of text enclose. A line right above or below text needs fewer letters to be text too. An
 * operator between two numbers stands too far from them to make a word.
 *
 * @param letters boxes of signs that are no digits
 */
export function takenForLetters(
  digits: readonly { readonly box: Box; readonly digit: number }[],
  letters: readonly Box[],
): ReadonlySet<Box> {
  const signs: Sign[] = [...digits, ...letters.map((box) => ({ box, digit: undefined }))];
  const taken = new Set<Box>();
  const lines = clusters(signs, LINE_GAP);
  const text = textOf(lines);
  for (const { box } of digits) {
    if (isEnclosed(box, text) || [...text].some((line) => isMarkOf(box, line))) taken.add(box);
  }
  for (const line of lines) {
    for (const word of clusters(line, WORD_GAP)) {
      const isWord = text.has(line) ? isWordOfText(word, line) : isOfLetters(word);
      if (isWord) for (const { box } of word) taken.add(box);
    }
  }
  return taken;
}

function isOfLetters(word: readonly Sign[]): boolean {
  const [letters, digits] = [countLetters(word), countDigits(word)];
  return letters > digits || letters >= Math.max(WORD_LETTERS, WORD_RATIO * digits);
}

function isWordOfText(word: readonly Sign[], line: readonly Sign[]): boolean {
  const mayBeLetters = word.every(({ digit }) => digit === undefined || LETTER_LIKE.has(digit));
  return mayBeLetters || countLetters(word) > 0 || isBetween(word, line);
}

/** Whether letters of a line stand on both sides of a word. A number beside its label stands at one end. */
function isBetween(word: readonly Sign[], line: readonly Sign[]): boolean {
  const { x, width } = boundingBox(word.map(({ box }) => box));
  const letters = line.filter(({ digit }) => digit === undefined);
  return letters.some(({ box }) => box.x + box.width <= x) && letters.some(({ box }) => box.x >= x + width);
}

/** Whether lines of text lie closely above and below something, and go on to both sides: it stands within a paragraph. */
function isEnclosed(box: Box, text: ReadonlySet<readonly Sign[]>): boolean {
  const near = [...text].flat().filter(({ box: other, digit }) => {
    const { across, down } = gaps(box, other);
    const isClose = across <= LINE_GAP * box.height && down <= ENCLOSING_GAP * box.height;
    return digit === undefined && isClose && areWithin(OF_ONE_LINE.heightFactor, box.height, other.height);
  });
  const { x, y } = middle(box);
  const above = near.some((sign) => sign.box.y + sign.box.height <= y);
  const below = near.some((sign) => sign.box.y >= y);
  const before = near.some((sign) => sign.box.x + sign.box.width <= x);
  const behind = near.some((sign) => sign.box.x >= x);
  return above && below && before && behind;
}

/** Whether a small sign is a comma or the like of a line. */
function isMarkOf(mark: Box, line: readonly Sign[]): boolean {
  const heights = line.map(({ box }) => box.height).sort((a, b) => a - b);
  const height = heights[heights.length >> 1];
  const { across, down } = gaps(mark, boundingBox(line.map(({ box }) => box)));
  return mark.height * OF_ONE_LINE.heightFactor < height && across <= WORD_GAP * height && down <= 0;
}

/** The lines that are text, each in the light of those next to it. */
function textOf(lines: readonly (readonly Sign[])[]): ReadonlySet<readonly Sign[]> {
  const mayBeText = lines
    .filter((line) => countLetters(line) >= Math.max(TEXT_LETTERS, PARAGRAPH_RATIO * countDigits(line)))
    .map((line) => ({ line, box: boundingBox(line.map(({ box }) => box)) }));
  const text = mayBeText.filter(({ line }) => countLetters(line) >= TEXT_RATIO * countDigits(line));
  const others = new Set(mayBeText.filter((line) => !text.includes(line)));
  gather(text, others, ({ box: one }, { box: other }) => {
    const { across, down } = gaps(one, other);
    return across <= 0 && down <= PARAGRAPH_GAP * Math.min(one.height, other.height);
  });
  return new Set(text.map(({ line }) => line));
}

const countDigits = (signs: readonly Sign[]): number => signs.filter(({ digit }) => digit !== undefined).length;

/** Letters that hang together are found as one sign, as wide as they all are; what stands above another is of one letter. */
function countLetters(signs: readonly Sign[]): number {
  const height = Math.max(...signs.map(({ box }) => box.height));
  const letters = signs.filter(({ digit }) => digit === undefined).sort((a, b) => a.box.x - b.box.x);
  let count = 0;
  let end = -Infinity;
  for (const { box } of letters) {
    if (middle(box).x < end) continue;
    count += Math.max(1, Math.round(box.width / (LETTER_WIDTH * height)));
    end = box.x + box.width;
  }
  return count;
}

/** Groups of signs that hang together by neighbours no farther apart than `gap` heights. */
function clusters(signs: readonly Sign[], gap: number): Sign[][] {
  const left = new Set(signs);
  const found: Sign[][] = [];
  for (const first of signs) {
    if (!left.delete(first)) continue;
    const cluster = [first];
    gather(cluster, left, (member, other) => areSideBySide(member.box, other.box, { ...OF_ONE_LINE, gap }));
    found.push(cluster);
  }
  return found;
}

/** Moves what belongs to a member of a group from `others` into the group, and what belongs to that, until none does. */
function gather<T>(group: T[], others: Set<T>, belongs: (member: T, other: T) => boolean): void {
  for (const member of group) {
    for (const other of others) {
      if (!belongs(member, other)) continue;
      others.delete(other);
      group.push(other);
    }
  }
}
