import { z } from 'zod';

/** What one epoch of a run came to. */
export const epochRecordSchema = z.object({
  /** The first is 1. */
  epoch: z.int().positive(),
  /** Steps done since the run began. */
  step: z.int().nonnegative(),
  /** Of the epoch's last step. */
  learningRate: z.number().nonnegative(),
  /** Means over the epoch, while the weights were changing and dropout was on. */
  loss: z.number(),
  accuracy: z.number(),
  /** At the epoch's end; null where no pictures were set aside. */
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  seconds: z.number().nonnegative(),
  imagesPerSecond: z.number().nonnegative(),
});

export type EpochRecord = z.infer<typeof epochRecordSchema>;

export const historySchema = z.array(epochRecordSchema);
