import * as z from 'zod/mini';

/** The class of a crop that holds no character. */
export const NONE = 'none';

const MAX_CLASS_LENGTH = 32;
const MAX_CLASSES = 100;

/** What a crop is: a digit, `none`, or a class of the user's own. It becomes a line of the model's list of labels. */
export const classNameSchema = z.string().check(
  z.minLength(1),
  z.maxLength(MAX_CLASS_LENGTH),
  z.refine((name) => name === name.trim() && !/\p{Cc}/u.test(name), 'a name without spaces at its ends'),
);

/** The classes of a model, each once. */
export const classesSchema = z.array(classNameSchema).check(
  z.minLength(2),
  z.maxLength(MAX_CLASSES),
  z.refine((names) => new Set(names).size === names.length, 'each class once'),
);

/** A possible class of a crop, and its calibrated probability. */
export const guessSchema = z.object({
  label: classNameSchema,
  probability: z.number().check(z.minimum(0), z.maximum(1)),
});

export type Guess = z.infer<typeof guessSchema>;
