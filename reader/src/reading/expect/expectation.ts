import type { ExpectationSetting } from './expectation-schema.js';
import { digitsIn, MAX_DIGITS_PER_ROW } from './row-digits.js';

/** The number of digits in a row. */
export interface RowForm {
  readonly min: number;
  readonly max: number;
}

/** The form that a reading must have. */
export interface Expectation {
  /** The form of each row, from top to bottom. */
  readonly rows: readonly RowForm[];
  /** Whether `rows` holds a single form that any number of rows, at least one, have. */
  readonly repeats: boolean;
}

export function expectationOf(setting: ExpectationSetting): Expectation {
  if (typeof setting === 'string') return { rows: [formOf(setting)], repeats: false };
  if (Array.isArray(setting)) return { rows: setting.map(formOf), repeats: false };
  const { digits = [1, MAX_DIGITS_PER_ROW], rows } = setting;
  const [min, max] = typeof digits === 'number' ? [digits, digits] : digits;
  return { rows: Array.from({ length: rows ?? 1 }, () => ({ min, max })), repeats: rows === undefined };
}

function formOf(pattern: string): RowForm {
  const digits = digitsIn(pattern);
  return { min: digits, max: digits };
}
