import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

const directorySchema = z.strictObject({
  source: z.literal('directory').meta({ description: 'Where frames come from: a folder of pictures' }),
  folder: pathSchema().meta({
    description: 'Folder of JPEG, PNG or WebP pictures, played in the order of their names',
  }),
  rate: z.number().positive().max(1000).default(1).meta({ description: 'Most frames a second' }),
  loop: z
    .boolean()
    .default(true)
    .meta({ description: 'Begin again after the last picture; otherwise the daemon ends' }),
});

/** One schema a source; `source` tells them apart. */
export const cameraSchema = z.discriminatedUnion('source', [directorySchema]);
