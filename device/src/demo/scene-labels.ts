import { join } from 'node:path';
import { readWholeFile } from '@inkcast/shared/files';
import { z } from 'zod';

const labelsSchema = z.array(z.object({ file: z.string(), rows: z.array(z.string()) }));

/** What is written in each picture of a folder, by file name: the rows in reading order. */
export async function readSceneLabels(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = (await readWholeFile(join(folder, 'labels.json'))).toString('utf8');
  return new Map(labelsSchema.parse(JSON.parse(text)).map(({ file, rows }) => [file, rows]));
}
