import { z } from 'zod';
import { classesSchema } from './class-name.js';

const pathSchema = z.string().min(1);

/** Added to the niceness of the process. Default: 10, so that a daemon's frames go first but learning goes on. */
const nicenessSchema = z.int().min(0).max(19).optional();

/** Looks for labels that the model contradicts with confidence; the answer is `doubts`. */
const secondLookTaskSchema = z.strictObject({
  kind: z.literal('second-look'),
  base: pathSchema,
  crops: pathSchema,
  niceness: nicenessSchema,
});

/** Makes a candidate of the base and the labels, and compares both; the answer is `done`. */
const learnTaskSchema = z.strictObject({
  kind: z.literal('learn'),
  /** Folder of the bundle in use. */
  base: pathSchema,
  /** The file of labelled crops. */
  crops: pathSchema,
  /** Folder for the candidate's bundle. It is written last, and whole. */
  out: pathSchema,
  /** Version of the candidate. */
  version: z.string().min(1),
  /** The classes to learn, if they are not those of the base: a new output layer is trained for them. */
  classes: z.optional(classesSchema),
  seed: z.int().min(0).max(0xffffffff),
  /** Default: one per core. */
  threads: z.int().positive().max(64).optional(),
  /** Default: what the learning process finds best. */
  epochs: z.int().positive().max(1000).optional(),
  niceness: nicenessSchema,
});

/** The first message to a learning process. */
export const learningTaskSchema = z.discriminatedUnion('kind', [secondLookTaskSchema, learnTaskSchema]);

export type LearningTask = z.infer<typeof learningTaskSchema>;
export type SecondLookTask = z.infer<typeof secondLookTaskSchema>;
export type LearnTask = z.infer<typeof learnTaskSchema>;
