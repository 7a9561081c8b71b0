import { z } from 'zod';
import { boostedTreesSchema } from './boosted-trees.js';

/** `judgement.json` of a model bundle: what was learned of which places hold a digit. */
export const judgementSchema = z.object({
  /** Least log-odds of a digit by the spotter at which a place is looked at. */
  minSpotLogOdds: z.number(),
  /** Judges each place by itself. */
  local: boostedTreesSchema,
  /** Judges those that were chosen by their company. */
  context: boostedTreesSchema,
  /** Least probability at which a digit is read. */
  minConfidence: z.number().min(0).max(1),
  /** Least probability at which what is not read is doubted to be a digit all the same. */
  minDoubt: z.number().min(0).max(1),
});

export type Judgement = z.infer<typeof judgementSchema>;
