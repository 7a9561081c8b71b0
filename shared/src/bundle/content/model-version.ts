import * as z from 'zod/mini';

/** Three numbers, and a suffix if the model was made from another one, as semantic versions have it. */
export const MODEL_VERSION = String.raw`\d+\.\d+\.\d+(?:-[0-9a-z]+(?:\.[0-9a-z]+)*)?`;

export const modelVersionSchema = z
  .string()
  .check(z.regex(new RegExp(`^${MODEL_VERSION}$`), 'a version such as 1.0.0 or 1.0.0-taught.1'));
