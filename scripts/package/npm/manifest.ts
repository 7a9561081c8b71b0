import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const namesSchema = z.record(z.string(), z.string());

/** The keys of a package.json that npm reads when it installs a package, and Node when it loads one. */
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().optional(),
  license: z.string(),
  type: z.string().optional(),
  main: z.string().optional(),
  engines: namesSchema.optional(),
  exports: z.json().optional(),
  dependencies: namesSchema.default({}),
  optionalDependencies: namesSchema.default({}),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest in a folder. Scripts and everything else that the schema does not name is left out. */
export function readManifest(folder: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}
