import type { ReadDigit, Reading } from '@inkcast/reader/reading';

const START = Date.parse('2026-03-01T12:00:00Z');

/** A time, counted in milliseconds from a fixed one. */
export const moment = (milliseconds: number): Date => new Date(START + milliseconds);

/** The place of a number in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export const MIDDLE: Place = { x: 200, y: 200, height: 60 };

/** The digits of one row of a number, as a reader that makes no mistakes would see them. */
export function digitsOf(text: string, { x, y, height }: Place = MIDDLE): ReadDigit[] {
  const [width, pitch] = [0.6 * height, 0.9 * height];
  return [...text].map((character, index) => ({
    digit: Number(character),
    confidence: 0.98,
    row: 0,
    box: { x: x + index * pitch, y, width, height },
  }));
}

/** What a frame says that shows these digits. */
export function readingOf(digits: readonly ReadDigit[]): Reading {
  const text = digits.map(({ digit }) => digit).join('');
  return { text, rows: text === '' ? [] : [text], digits, rejected: [] };
}

/** The same where the reader is not sure of one of the digits, but guesses it. */
export function unsureReadingOf(digits: readonly ReadDigit[], index: number): Reading {
  const { box, digit } = digits[index];
  const sure = digits.filter((_, at) => at !== index);
  return {
    ...readingOf(sure),
    rejected: [{ box, reason: 'uncertain', rule: 'judgement', confidence: 0.75, mayBe: digit }],
  };
}
