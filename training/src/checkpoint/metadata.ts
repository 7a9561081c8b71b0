import { InkError } from '@inkcast/shared/errors';
import type { z } from 'zod';

/**
 * The value that a file's metadata keeps as JSON under `key`.
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
    // Not JSON is one of the ways not to fit the schema.
    return undefined;
  }
}
