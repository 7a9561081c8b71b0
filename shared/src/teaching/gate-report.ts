import * as z from 'zod/mini';

const countSchema = z.int().check(z.nonnegative());
/** Pictures of which a model reads some wrong, before and after. */
const wrongSchema = z.object({ count: countSchema, wrongBefore: countSchema, wrongAfter: countSchema });
const percentSchema = z.number().check(z.minimum(0), z.maximum(100));

export const VERDICTS = ['better', 'same', 'worse', 'too few to tell'] as const;
/** The pictures behind MNIST's figures: all 10,000 test pictures, or those of them that the bundle's replay set holds. */
export const MNIST_SOURCES = ['mnist', 'replay'] as const;

/**
 * The comparison of a candidate with the model that it was made from. For other classes than the base's, the figures
 * `before` are null, and there is nothing on MNIST.
 */
export const gateReportSchema = z.object({
  /** Labels that were not learned from. */
  heldBack: z.object({
    count: countSchema,
    wrongBefore: z.nullable(countSchema),
    wrongAfter: countSchema,
    verdict: z.enum(VERDICTS),
  }),
  /** Accuracy in percent of MNIST's 10,000 test pictures. */
  mnist: z.nullable(z.object({ before: percentSchema, after: percentSchema, source: z.enum(MNIST_SOURCES) })),
  /** Pictures without a character that are taken for one. */
  negatives: z.object({
    count: countSchema,
    falseBefore: z.nullable(countSchema),
    falseAfter: countSchema,
    /** Those that the base does not take for one. */
    newlyFalse: countSchema,
  }),
  /**
   * The verifier, which sees what is around a crop: on the held-back labels, on pictures of what it was trained on, and on
   * pictures without a handwritten digit that it took for none. Null if it was not taught.
   */
  verifier: z._default(
    z.nullable(
      z.object({
        heldBack: wrongSchema,
        known: wrongSchema,
        negatives: z.object({ count: countSchema, newlyFalse: countSchema }),
      }),
    ),
    null,
  ),
  /** Ids of the labelled crops that only the candidate reads right, and of those that only the base did. */
  fixed: z.array(z.string()),
  broken: z.array(z.string()),
  passed: z.boolean(),
  /** One sentence for each reason why it did not pass. */
  reasons: z.array(z.string()),
});

export type GateReport = z.infer<typeof gateReportSchema>;
export type Verdict = GateReport['heldBack']['verdict'];
