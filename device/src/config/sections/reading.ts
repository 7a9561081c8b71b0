import { DEFAULT_TRACKING, expectationSchema, readingRulesSchema } from '@inkcast/reader/reading';
import { SPOTTER_SIZES } from '@inkcast/shared/bundle';
import { z } from 'zod';

/** Larger times are mistakes in the configuration, since nobody waits longer for a reading. */
const MAX_TRACKING_MS = 3_600_000;

const milliseconds = (fallback: number, description: string) =>
  z.int().nonnegative().max(MAX_TRACKING_MS).default(fallback).meta({ description });

const trackingSchema = z.strictObject({
  agreementMs: milliseconds(
    DEFAULT_TRACKING.agreementMs,
    'Time that a new reading must stay the same, its digits at rest, before it is published',
  ),
  lossMs: milliseconds(DEFAULT_TRACKING.lossMs, 'The same for a reading that only lacks what was there before'),
  motionMs: milliseconds(DEFAULT_TRACKING.motionMs, 'The same while much of the picture moves'),
  holdMs: milliseconds(DEFAULT_TRACKING.holdMs, 'Time that a digit is held that is not seen'),
  hiddenMs: milliseconds(DEFAULT_TRACKING.hiddenMs, 'Time that it is held while its place goes on changing'),
});

export const readingSchema = z.strictObject({
  model: z.enum(SPOTTER_SIZES).default('standard').meta({
    description:
      'Network that searches the frame for digits; small takes a quarter of the time and misses small digits',
  }),
  expect: expectationSchema.exactOptional().meta({
    live: true,
    allowed: 'pattern, list of patterns, or { digits, rows }',
    description:
      'Expected form, such as dd:dd, where d is a digit; a list has a pattern for each row; digits may be [min, max]',
  }),
  tracking: trackingSchema.prefault({}).meta({ live: true }),
  rules: readingRulesSchema.exactOptional().meta({ live: true }),
});
