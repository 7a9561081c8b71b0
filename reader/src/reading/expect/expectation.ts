import { z } from 'zod';

/** Longer rows are mistakes in the configuration. */
const MAX_DIGITS_PER_ROW = 50;
const MAX_ROWS = 50;

const PATTERN_MESSAGE = 'must be a pattern with d for each digit and signs between them, such as "dd:dd" or "ddd.dd"';
const SETTING_MESSAGE =
  'must be a pattern such as "dd:dd", a list of patterns, one for each row, or { digits, rows } with numbers from 1 to 50';

/** Signs other than letters and digits may stand anywhere. They belong to the form, but are never read. */
const patternSchema = z
  .string()
  .regex(/^(?:d|[^\p{L}\p{N}])*$/u, PATTERN_MESSAGE)
  .refine((pattern) => isCount(digitsIn(pattern), MAX_DIGITS_PER_ROW), PATTERN_MESSAGE);

const countSchema = z.int().min(1).max(MAX_DIGITS_PER_ROW);
const countsSchema = z
  .strictObject({
    digits: z.union([countSchema, z.tuple([countSchema, countSchema])]).exactOptional(),
    rows: z.int().min(1).max(MAX_ROWS).exactOptional(),
  })
  .refine(
    ({ digits, rows }) => digits !== undefined || rows !== undefined,
    'must say how many digits or rows there are',
  )
  .refine(({ digits }) => !Array.isArray(digits) || digits[0] <= digits[1], {
    path: ['digits'],
    error: 'must not have a minimum above the maximum',
  });

/** The known form of the reading: a pattern for each row, or numbers of digits and rows. */
export const expectationSchema = z.union([patternSchema, z.array(patternSchema).min(1).max(MAX_ROWS), countsSchema], {
  error: SETTING_MESSAGE,
});

/** The setting as it is written in the configuration. */
export type ExpectationSetting = z.infer<typeof expectationSchema>;

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

const digitsIn = (pattern: string): number => [...pattern].filter((sign) => sign === 'd').length;

const isCount = (value: number, max: number): boolean => value >= 1 && value <= max;
