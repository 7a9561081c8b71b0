import { z } from 'zod';
import { decimalUnits } from './decimal-value.js';

/** Past this, the earlier value is the likelier mistake. */
const DEFAULT_ACCEPT_AFTER_MS = 60 * 1000;
/** Readings are numbers of any length; this only keeps mistyped settings out. */
const MOST_DECIMAL_PLACES = 9;

const numberSchema = z.string().regex(/^\d+(\.\d+)?$/, 'a number in digits, such as "407" or "4.07"');

/** What readings of a place can be, where its owner knows: an odometer only grows, a scoreboard has two digits. */
export const readingRulesSchema = z
  .strictObject({
    digitCount: z.int().positive().optional().meta({ description: 'Exact number of digits' }),
    decimalPlaces: z
      .int()
      .min(0)
      .max(MOST_DECIMAL_PLACES)
      .default(0)
      .meta({ description: 'How many of the digits stand after the decimal point' }),
    least: numberSchema.optional().meta({ description: 'Least value' }),
    greatest: numberSchema.optional().meta({ description: 'Greatest value' }),
    monotonic: z.boolean().default(false).meta({ description: 'The value never falls' }),
    mostPerHour: numberSchema.optional().meta({ description: 'Most by which the value grows in an hour' }),
    acceptAfterMs: z.int().positive().default(DEFAULT_ACCEPT_AFTER_MS).meta({
      description: 'Time in view after which a reading that breaks monotonic or mostPerHour is taken as the new truth',
    }),
  })
  .superRefine((rules, context) => {
    for (const key of ['least', 'greatest', 'mostPerHour'] as const) {
      const places = rules[key]?.split('.')[1]?.length ?? 0;
      if (places <= rules.decimalPlaces) continue;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `must not have more than ${rules.decimalPlaces} decimal places`,
      });
    }
    const { least = '0', greatest = least, decimalPlaces } = rules;
    if (decimalUnits(least, decimalPlaces) > decimalUnits(greatest, decimalPlaces)) {
      context.addIssue({ code: 'custom', path: ['greatest'], message: 'must not be smaller than least' });
    }
    if (rules.mostPerHour !== undefined && !rules.monotonic) {
      context.addIssue({ code: 'custom', path: ['mostPerHour'], message: 'counts only where monotonic is true' });
    }
  });

export type ReadingRules = z.infer<typeof readingRulesSchema>;
