/** What is read in one place: a digit from 0 to 9, or the name of another class of the model. */
export type DigitOrClass = number | string;

/** @param label of a model, other than `none` */
export const digitOrClass = (label: string): DigitOrClass => (/^[0-9]$/.test(label) ? Number(label) : label);

/**
 * The text of a row. Names of one character follow each other like letters; a longer name, such as `tick`, is separated
 * by spaces.
 */
export function rowText(row: readonly DigitOrClass[]): string {
  let text = '';
  let wasWord = false;
  for (const item of row) {
    const name = String(item);
    const isWord = name.length > 1 && characters(name) > 1;
    text += text !== '' && (isWord || wasWord) ? ` ${name}` : name;
    wasWord = isWord;
  }
  return text;
}

/** Digits need none of the tables that this loads, which take 3 MB. */
const characters = (text: string): number =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length;
