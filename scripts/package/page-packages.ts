import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Lock, type LockedPackage, lockedAt } from './production-packages.js';

/** What the build of the page says of each npm package that it has copied into it. */
const licencesSchema = z.array(z.object({ location: z.string() }));

/** The npm packages whose code is within the built page of the repository `root`. */
export function pagePackages(root: string, lock: Lock): LockedPackage[] {
  const text = readFileSync(join(root, 'device/dist-web/licences.json'), 'utf8');
  return licencesSchema.parse(JSON.parse(text)).map(({ location }) => lockedAt(lock, location));
}
