import { InkError } from '@inkcast/shared/errors';
import type { z } from 'zod';

/**
 * Reads the JSON value of `key` in a file's metadata.
 *
 * @throws InkError INK_CHECKPOINT_INVALID naming the file and the key
 */
export function readMetadata<T>(
  metadata: Readonly<Record<string, string>>,
  key: string,
  schema: z.ZodType<T>,
  name: string,
): T {
  const parsed = schema.safeParse(parseJson(metadata[key]));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = [key, ...issue.path].join('.');
  throw new InkError('INK_CHECKPOINT_INVALID', `${name} is wrong at ${where}: ${issue.message}.`);
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    // Text that is not JSON gives undefined, which the schema refuses.
    return undefined;
  }
}
