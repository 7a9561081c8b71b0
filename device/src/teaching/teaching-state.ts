import { classNameSchema, gateReportSchema, guessSchema, LEARNING_STEPS } from '@inkcast/shared/teaching';
import { z } from 'zod';
import { ORIGINS, REASONS } from './crop.js';

export const LEARNING_STATES = ['running', 'done', 'refused', 'failed', 'cancelled'] as const;

/** The last learning, or the one that runs. */
export const learningSchema = z.object({
  state: z.enum(LEARNING_STATES),
  step: z.enum(LEARNING_STEPS),
  /** Share of the whole that is done, from 0 to 1. */
  done: z.number().min(0).max(1),
  epoch: z.int().positive().exactOptional(),
  epochs: z.int().positive().exactOptional(),
  loss: z.number().exactOptional(),
  accuracy: z.number().exactOptional(),
  /** Every epoch so far. */
  curve: z.array(z.object({ epoch: z.int().positive(), loss: z.number(), accuracy: z.number().exactOptional() })),
  startedAt: z.iso.datetime(),
  /** Where it is done: the comparison of the candidate with the model that it was made from. */
  report: z.exactOptional(gateReportSchema),
  /** `name@version` of the candidate. */
  candidate: z.string().exactOptional(),
  /** Why it was refused or has failed. */
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).exactOptional(),
});

/** How teaching is: what waits, what has a label, and what is being learned. */
export const teachingStateSchema = z.object({
  /** Whether crops are kept. */
  enabled: z.boolean(),
  /** What a crop can be, besides `none`. */
  classes: z.array(classNameSchema),
  queue: z.object({ count: z.int().nonnegative(), max: z.int().positive() }),
  labels: z.object({
    count: z.int().nonnegative(),
    learning: z.int().nonnegative(),
    heldBack: z.int().nonnegative(),
    byClass: z.record(z.string(), z.int().nonnegative()),
  }),
  learning: learningSchema.nullable(),
  /** Whether there is a model from before the last swap to go back to. */
  canUndoSwap: z.boolean(),
  /** `name@version` of the model in use. */
  model: z.string(),
});

/** A crop that waits for a label. */
export const teachingCropSchema = z.object({
  id: z.string(),
  takenAt: z.iso.datetime(),
  origin: z.enum(ORIGINS),
  reason: z.enum(REASONS),
  /** Likeliest first; none for a crop that was imported. */
  guesses: z.array(guessSchema),
  region: z.string().exactOptional(),
  /** The same for crops that look alike; left out for one that is alone. */
  group: z.string().exactOptional(),
});

/** What one model says of a crop that the other reads otherwise. */
const verdictSchema = z.object({ id: z.string(), label: classNameSchema, before: guessSchema, after: guessSchema });

/** The crops that only the candidate reads right, and those that only the model in use does. */
export const teachingChangesSchema = z.object({ fixed: z.array(verdictSchema), broken: z.array(verdictSchema) });

export type Learning = z.infer<typeof learningSchema>;
export type TeachingState = z.infer<typeof teachingStateSchema>;
export type TeachingCrop = z.infer<typeof teachingCropSchema>;
export type TeachingChanges = z.infer<typeof teachingChangesSchema>;
