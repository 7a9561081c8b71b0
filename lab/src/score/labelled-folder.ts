import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { isThere, readWholeFile } from '@inkcast/shared/files';
import { z } from 'zod';
import type { PictureLabel } from './score-pictures.js';

/** Labelled photographs of handwriting, and pictures without handwriting. */
export interface LabelledFolder {
  readonly photos: readonly PictureLabel[];
  /** Files without any digit; undefined if the folder has no `negatives/sources.json`. */
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
 * Reads the labels of a folder: `photos/labels.json` and, if there are pictures without digits, `negatives/sources.json`.
 * Negatives that are not `strict` are left out, because they contain print.
 *
 * @throws InkError INK_DATASET_MISSING without labels; INK_DATASET_INVALID naming the place in a file that is wrong
 */
export async function readLabelledFolder(folder: string): Promise<LabelledFolder> {
  const labels = join(folder, 'photos', 'labels.json');
  if (!(await isThere(labels))) throw new InkError('INK_DATASET_MISSING', `${folder} contains no photos/labels.json.`);
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
    throw new InkError('INK_DATASET_INVALID', `${path} is not JSON.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InkError('INK_DATASET_INVALID', `${path} is wrong at ${issue.path.join('.')}: ${issue.message}.`);
}
