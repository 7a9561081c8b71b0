import { z } from 'zod';

/** The results of one epoch of a run. */
export const epochRecordSchema = z.object({
  /** The first is 1. */
  epoch: z.int().positive(),
  /** Steps done since the run began. */
  step: z.int().nonnegative(),
  /** Learning rate of the epoch's last step. */
  learningRate: z.number().nonnegative(),
  /** Means over the epoch, during training: the weights change and dropout is active. */
  loss: z.number(),
  accuracy: z.number(),
  /** At the end of the epoch; null without validation pictures. */
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  seconds: z.number().nonnegative(),
  imagesPerSecond: z.number().nonnegative(),
});

export type EpochRecord = z.infer<typeof epochRecordSchema>;

export const historySchema = z.array(epochRecordSchema);
