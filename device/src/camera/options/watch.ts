import { z } from 'zod';
import { alarmOptions, pathOption, recursiveOption } from './common.js';

export const watchOptions = z
  .strictObject({
    source: z.literal('watch').meta({ description: 'Where frames come from: pictures that appear in a folder' }),
    folder: pathOption().meta({ description: 'Folder in which JPEG, PNG, WebP, AVIF or TIFF pictures appear' }),
    recursive: recursiveOption(),
    existing: z.boolean().default(false).meta({ description: 'Read pictures that lie there at the start too' }),
    after: z.enum(['keep', 'delete', 'move']).default('keep').meta({
      description: 'What becomes of a picture that has been read',
    }),
    moveTo: pathOption().exactOptional().meta({
      description:
        'Folder for after: move, on the same file system; a picture of the same name there is replaced; sub-folders are kept',
    }),
    settledMs: z.int().min(10).max(60_000).default(500).meta({
      description: 'Time that a file must not have grown for, to count as complete',
    }),
    poll: z.boolean().default(false).meta({
      description: 'Look again and again instead of being told by the kernel: for network shares',
    }),
    ...alarmOptions,
  })
  .refine(({ after, moveTo }) => (after === 'move') === (moveTo !== undefined), {
    path: ['moveTo'],
    error: 'must be given with after: move, and only then',
  });

export type WatchOptions = z.infer<typeof watchOptions>;
