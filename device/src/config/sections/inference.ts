import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

export const inferenceSchema = z.strictObject({
  backEnd: z.enum(['auto', 'cpu', 'coral', 'wasm', 'inkcast']).default('auto').meta({
    description: 'Runs the model; auto is the processor, or inkcast on a small machine and without a native library',
  }),
  threads: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .meta({ description: 'Threads of the cpu back end, limited to the number of cores' }),
  library: pathSchema()
    .exactOptional()
    .meta({ description: 'Path of a libtensorflowlite_c.so', defaultText: 'the one that ships', fileOnly: true }),
  edgeTpuLibrary: pathSchema()
    .exactOptional()
    .meta({ description: 'Path of a libedgetpu.so.1, for coral', defaultText: "the system's", fileOnly: true }),
  model: pathSchema().exactOptional().meta({
    description: 'Folder of a model bundle',
    defaultText: 'the one chosen by inkcast model use, else the shipped one',
  }),
});
