import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture } from '@inkcast/device/camera';
import type { FrameReader } from '@inkcast/device/reading';
import { z } from 'zod';
import { type PictureLabel, type PicturesScore, scorePictures } from './score-pictures.js';

export interface FolderScore {
  readonly photos: PicturesScore;
  /** Pictures without a handwritten digit; undefined where the folder has none. */
  readonly negatives?: { readonly pictures: number; readonly withDigits: number; readonly falseDigits: number };
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
 * Reads a folder of labelled pictures and scores what was read.
 *
 * @param folder with `photos/labels.json` and, where it has pictures without digits, `negatives/sources.json`
 * @throws InkError where a picture cannot be read
 */
export async function readFolder(folder: string, reader: FrameReader): Promise<FolderScore> {
  const digitsIn = async (file: string): Promise<string> => {
    const { reading } = reader.read(await decodePicture(file));
    return reading.rows.join('');
  };
  const labels = labelsSchema.parse(await readJson(join(folder, 'photos', 'labels.json')));
  const readings = new Map<string, string>();
  for (const { file } of labels) readings.set(file, await digitsIn(join(folder, 'photos', file)));
  const photos = scorePictures(labels, readings);
  const sources = join(folder, 'negatives', 'sources.json');
  if (!existsSync(sources)) return { photos };
  const found: number[] = [];
  for (const { file, strict } of sourcesSchema.parse(await readJson(sources))) {
    if (strict) found.push((await digitsIn(join(folder, 'negatives', file))).length);
  }
  const falseDigits = found.reduce((sum, count) => sum + count, 0);
  return {
    photos,
    negatives: { pictures: found.length, withDigits: found.filter((count) => count > 0).length, falseDigits },
  };
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
