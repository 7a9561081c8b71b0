import * as z from 'zod/mini';
import { boostedTreesSchema } from './boosted-trees.js';

/** `judgement.json` of a model bundle: trees that tell which places hold a digit. */
export const judgementSchema = z.object({
  /** Minimum log-odds, by the spotter, of a place that is examined. */
  minSpotLogOdds: z.number(),
  /** Judges each place on its own. */
  local: boostedTreesSchema,
  /** Judges the chosen places by their neighbours. */
  context: boostedTreesSchema,
  /** Minimum probability at which a digit is read. */
  minConfidence: z.number().check(z.minimum(0), z.maximum(1)),
  /** Minimum probability at which an unread place counts as doubtful, because it may still be a digit. */
  minDoubt: z.number().check(z.minimum(0), z.maximum(1)),
});

export type Judgement = z.infer<typeof judgementSchema>;
