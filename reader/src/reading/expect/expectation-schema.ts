import { z } from 'zod';
import { digitsIn, MAX_DIGITS_PER_ROW } from './row-digits.js';

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

const isCount = (value: number, max: number): boolean => value >= 1 && value <= max;
