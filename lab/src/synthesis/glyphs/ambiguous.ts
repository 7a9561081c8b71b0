import { DIGIT_LIKE } from './letters.js';

const PRINTED = 'printed ';
const AS_DIGITS = new Set([...Object.keys(DIGIT_LIKE), ...'0123456789']);

/** Whether a mark is a digit in print, which is no handwriting. */
export const isPrintedDigit = (label: string): boolean =>
  label.startsWith(PRINTED) && /^[0-9]$/.test(label.slice(PRINTED.length));

/**
 * Whether the shape of a mark with this label does not distinguish it from a handwritten digit: a letter such as O or l, or
 * a printed digit. The training ignores such marks.
 */
export function isAmbiguous(label: string): boolean {
  if (label.startsWith(PRINTED)) return AS_DIGITS.has(label.slice(PRINTED.length));
  return label in DIGIT_LIKE;
}
