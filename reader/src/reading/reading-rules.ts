import { z } from 'zod';
import { decimalUnits } from './decimal-text.js';

/** After this time, the earlier value is more likely to be the mistake. */
const DEFAULT_ACCEPT_AFTER_MS = 60 * 1000;
/** Readings have any number of digits; this only rejects mistakes in the configuration. */
const MAX_DECIMAL_PLACES = 9;
const MAX_DIGIT_COUNT = 2500;
const MAX_ACCEPT_AFTER_MS = 365 * 24 * 3600 * 1000;

// A check that does not abort would stop Zod from comparing the other keys.
const numberSchema = z
  .string()
  .regex(/^\d+(\.\d+)?$/, { error: 'a number in digits, such as "407" or "4.07"', abort: true });

/** Rules for what a reading may be. For example, an odometer only grows, and a scoreboard has two digits. */
export const readingRulesSchema = z
  .strictObject({
    digitCount: z.int().positive().max(MAX_DIGIT_COUNT).exactOptional().meta({ description: 'Exact number of digits' }),
    decimalPlaces: z
      .int()
      .min(0)
      .max(MAX_DECIMAL_PLACES, { abort: true })
      .exactOptional()
      .meta({ description: 'Number of digits after the decimal point; readings then have a value' }),
    min: numberSchema.exactOptional().meta({ description: 'Smallest allowed value' }),
    max: numberSchema.exactOptional().meta({ description: 'Largest allowed value' }),
    monotonic: z.boolean().default(false).meta({ description: 'The value never falls' }),
    maxPerHour: numberSchema.exactOptional().meta({ description: 'Maximum growth per hour; needs monotonic' }),
    acceptAfterMs: z
      .int()
      .nonnegative()
      .max(MAX_ACCEPT_AFTER_MS)
      .default(DEFAULT_ACCEPT_AFTER_MS)
      .meta({ description: 'A value that breaks monotonic or maxPerHour is accepted after it was seen for this time' }),
  })
  .superRefine((rules, context) => {
    const { decimalPlaces = 0, min = '0', max = min } = rules;
    const fault = (key: keyof typeof rules, message: string): void =>
      context.addIssue({ code: 'custom', path: [key], message });
    for (const key of ['min', 'max', 'maxPerHour'] as const) {
      const places = rules[key]?.split('.')[1]?.length ?? 0;
      if (places > decimalPlaces) fault(key, `must not have more than ${decimalPlaces} decimal places`);
    }
    if (decimalUnits(min, decimalPlaces) > decimalUnits(max, decimalPlaces)) {
      fault('max', 'must not be smaller than min');
    }
    if (rules.maxPerHour !== undefined && !rules.monotonic) {
      fault('maxPerHour', 'counts only where monotonic is true');
    }
  });

export type ReadingRules = z.infer<typeof readingRulesSchema>;
