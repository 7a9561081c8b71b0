import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

export const inferenceSchema = z.strictObject({
  backEnd: z.enum(['cpu']).default('cpu').meta({ description: 'What runs the model' }),
  threads: z.int().min(1).max(64).default(1).meta({ description: 'Threads of the cpu back end' }),
  library: pathSchema()
    .exactOptional()
    .meta({ description: 'A libtensorflowlite_c.so', defaultText: 'the one that ships' }),
  model: pathSchema().exactOptional().meta({
    description: 'Folder of a model bundle',
    defaultText: 'the one chosen by inkcast model use, else the shipped one',
  }),
});
