import { z } from 'zod';
import { DEFAULT_TRACKING } from '../../reading/index.js';

const millisecondsSchema = z.int().nonnegative();
const digitsSchema = z.string().regex(/^[0-9]{1,64}$/, 'must be a string of digits, in quotes');

const trackingSchema = z.strictObject({
  agreementMs: millisecondsSchema
    .default(DEFAULT_TRACKING.agreementMs)
    .meta({ description: 'Time that a new reading must stay the same before it is published' }),
  holdMs: millisecondsSchema
    .default(DEFAULT_TRACKING.holdMs)
    .meta({ description: 'Time that a digit is held that is not seen' }),
  restlessMs: millisecondsSchema
    .default(DEFAULT_TRACKING.restlessMs)
    .meta({ description: 'Time after which a reading is published although the picture never comes to rest' }),
});

const rulesSchema = z.strictObject({
  digitCount: z.int().positive().exactOptional().meta({ description: 'Exact number of digits' }),
  least: digitsSchema.exactOptional().meta({ description: 'Least value' }),
  greatest: digitsSchema.exactOptional().meta({ description: 'Greatest value' }),
  monotonic: z.boolean().default(false).meta({ description: 'The value never falls' }),
  mostPerHour: digitsSchema
    .exactOptional()
    .meta({ description: 'Most by which the value grows in an hour; counts only where monotonic is set' }),
  acceptAfterMs: millisecondsSchema
    .default(60_000)
    .meta({ description: 'A value that breaks monotonic or mostPerHour for so long is taken as the new truth' }),
});

export const readingSchema = z.strictObject({
  tracking: trackingSchema.prefault({}),
  rules: rulesSchema.prefault({}),
});
