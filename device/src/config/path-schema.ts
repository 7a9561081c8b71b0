import { z } from 'zod';

/** Marks a key as a path in the JSON Schema from which keys are listed. */
export const PATH_FORMAT = 'path';

/** A path. In a file it is relative to the file's folder, elsewhere to the working directory. */
export function pathSchema() {
  return z.string().min(1).meta({ format: PATH_FORMAT });
}
