import { z } from 'zod';
import { alarmOptions, pathOption, recursiveOption } from './common.js';

export const watchOptions = z
  .strictObject({
    source: z.literal('watch').meta({ description: 'Where frames come from: pictures that appear in a folder' }),
    folder: pathOption().meta({ description: 'Folder in which JPEG, PNG, WebP, AVIF or TIFF pictures appear' }),
    recursive: recursiveOption(),
    existing: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether to read pictures that are already there at the start' }),
    after: z.enum(['keep', 'delete', 'move']).default('keep').meta({
      description: 'What to do with a picture after it was read',
    }),
    moveTo: pathOption().exactOptional().meta({
      description:
        'Target folder of after: move, on the same file system; a picture of the same name is replaced; sub-folders are kept',
    }),
    settledMs: z.int().min(10).max(60_000).default(500).meta({
      description: 'A file counts as complete when it has not grown for this time',
    }),
    poll: z.boolean().default(false).meta({
      description: 'Poll the folder instead of waiting for events of the kernel; for network shares',
    }),
    ...alarmOptions,
  })
  .refine(({ after, moveTo }) => (after === 'move') === (moveTo !== undefined), {
    path: ['moveTo'],
    error: 'must be given with after: move, and only then',
  });

export type WatchOptions = z.infer<typeof watchOptions>;
