import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { isThere, readWholeFile } from '@inkcast/shared/files';
import { z } from 'zod';
import type { PictureLabel } from './score-pictures.js';

/** Photographs of handwriting and what they show, and pictures that show none. */
export interface LabelledFolder {
  readonly photos: readonly PictureLabel[];
  /** Files without a digit of any kind; undefined where the folder has no `negatives/sources.json`. */
  readonly negatives: readonly string[] | undefined;
  pathOf(part: 'photos' | 'negatives', file: string): string;
}

const labelsSchema = z.array(
  z
    .object({
      file: z.string(),
      digits: z.string().regex(/^[0-9]*$/),
      order: z.enum(['reading', 'unordered']),
      small_digits: z.string().optional(),
      tier: z.string(),
      writer: z.string(),
    })
    .transform(({ small_digits, ...label }): PictureLabel => ({ ...label, smallDigits: small_digits ?? '' })),
);

const sourcesSchema = z.array(z.object({ file: z.string(), strict: z.boolean() }));

/**
 * Reads what a folder's pictures are known to show: `photos/labels.json` and, where there are pictures without a digit,
 * `negatives/sources.json`, of which those that are not `strict` (they hold print) are left out.
 *
 * @throws InkError INK_DATASET_MISSING without labels; INK_DATASET_INVALID naming the place in a file that is wrong
 */
export async function readLabelledFolder(folder: string): Promise<LabelledFolder> {
  const labels = join(folder, 'photos', 'labels.json');
  if (!(await isThere(labels))) throw new InkError('INK_DATASET_MISSING', `${folder} holds no photos/labels.json.`);
  const sources = join(folder, 'negatives', 'sources.json');
  const listed = (await isThere(sources)) ? await readJson(sources, sourcesSchema) : undefined;
  return {
    photos: await readJson(labels, labelsSchema),
    negatives: listed?.filter(({ strict }) => strict).map(({ file }) => file),
    pathOf: (part, file) => join(folder, part, file),
  };
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = (await readWholeFile(path)).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InkError('INK_DATASET_INVALID', `${path} is no JSON.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InkError('INK_DATASET_INVALID', `${path} is wrong at ${issue.path.join('.')}: ${issue.message}.`);
}
