import { z } from 'zod';

const scoreSchema = z.object({
  images: z.int().positive(),
  accuracy: z.number(),
  loss: z.number(),
  perClass: z.array(z.number().nullable()).readonly(),
  confusion: z.array(z.array(z.int().nonnegative()).readonly()).readonly(),
});

/** `run.json`: the results of a run, and the software that made it. */
export const runSummarySchema = z.object({
  model: z.string(),
  parameters: z.int().positive(),
  labels: z.array(z.string()),
  /** Why it ended. */
  ended: z.enum(['complete', 'early']),
  epochs: z.int().nonnegative(),
  /** The epoch whose weights are the result. */
  resultOf: z.int().nonnegative(),
  seed: z.int().nonnegative(),
  weightsSha256: z.string(),
  dataset: z.object({
    name: z.string(),
    sha256: z.record(z.string(), z.string()),
    train: z.int().positive(),
    validation: z.int().nonnegative(),
    test: z.int().nonnegative(),
  }),
  validation: scoreSchema.nullable(),
  test: scoreSchema.nullable(),
  seconds: z.number().nonnegative(),
  created: z.iso.datetime(),
  madeWith: z.record(z.string(), z.string()),
});

export type RunSummary = z.infer<typeof runSummarySchema>;
