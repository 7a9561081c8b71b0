import { DIGIT_LIKE } from './letters.js';

const PRINTED = 'printed ';
const AS_DIGITS = new Set([...Object.keys(DIGIT_LIKE), ...'0123456789']);

/** Whether a mark is a digit in print, which is no handwriting. */
export const isPrintedDigit = (label: string): boolean =>
  label.startsWith(PRINTED) && /^[0-9]$/.test(label.slice(PRINTED.length));

/**
 * Whether nobody can tell a mark with this label from a handwritten digit by its own shape: a letter such as O or l, and
 * print of it or of a digit. Nothing is to be learned from where it stands.
 */
export function isAmbiguous(label: string): boolean {
  if (label.startsWith(PRINTED)) return AS_DIGITS.has(label.slice(PRINTED.length));
  return label in DIGIT_LIKE;
}
