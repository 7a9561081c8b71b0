import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import { z } from 'zod';

const labelsSchema = z.array(z.object({ file: z.string(), rows: z.array(z.string()) }));

/**
 * The labels of the pictures in a folder, by file name: the rows in reading order.
 *
 * @throws InkError INK_FILE_UNREADABLE, INK_DATASET_INVALID
 */
export async function readSceneLabels(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const file = join(folder, 'labels.json');
  const labels = parseLabels((await readWholeFile(file)).toString('utf8'));
  if (labels !== undefined) return new Map(labels.map(({ file, rows }) => [file, rows]));
  throw new InkError('INK_DATASET_INVALID', `${file} is not a JSON list of pictures, each with file and rows.`);
}

function parseLabels(text: string): z.infer<typeof labelsSchema> | undefined {
  try {
    return labelsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
