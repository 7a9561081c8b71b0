import { z } from 'zod';
import { classNameSchema, guessSchema } from './class-name.js';
import { gateReportSchema } from './gate-report.js';

/** The steps of learning, in their order. */
export const LEARNING_STEPS = [
  'check',
  'train',
  'verifier',
  'average',
  'quantize',
  'calibrate',
  'verify',
  'gate',
] as const;

const progressSchema = z.object({
  kind: z.literal('progress'),
  step: z.enum(LEARNING_STEPS),
  /** Share of the whole that is done, from 0 to 1. */
  done: z.number().min(0).max(1),
  /** While it trains: the epoch, from 1 on, of how many, and the means of the epoch so far. */
  epoch: z.int().positive().optional(),
  epochs: z.int().positive().optional(),
  loss: z.number().optional(),
  accuracy: z.number().min(0).max(1).optional(),
});

/** A label that the model contradicts, with what the model says, likeliest first. */
export const doubtSchema = z.object({ id: z.string(), label: classNameSchema, guesses: z.array(guessSchema) });

const faultSchema = { code: z.string(), message: z.string(), remedy: z.string() };

/** What a learning process says. After anything but `progress` it ends. */
export const learningMessageSchema = z.discriminatedUnion('kind', [
  progressSchema,
  z.object({ kind: z.literal('doubts'), doubts: z.array(doubtSchema) }),
  /** The candidate is in the task's folder, also if it did not pass. `peakBytes`: the memory that the process took. */
  z.object({
    kind: z.literal('done'),
    report: gateReportSchema,
    name: z.string(),
    version: z.string(),
    peakBytes: z.number().optional(),
  }),
  /** It cannot be done as things are: too few labels, too little memory, no replay set. */
  z.object({ kind: z.literal('refused'), ...faultSchema }),
  z.object({ kind: z.literal('failed'), ...faultSchema }),
]);

export type LearningMessage = z.infer<typeof learningMessageSchema>;
export type LearningProgress = z.infer<typeof progressSchema>;
export type LearningStep = LearningProgress['step'];
export type Doubt = z.infer<typeof doubtSchema>;
