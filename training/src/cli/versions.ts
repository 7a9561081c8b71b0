import { createRequire } from 'node:module';
import { z } from 'zod';

/** Versions of what makes a run or a bundle. */
export function madeWith(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const { version } = z.object({ version: z.string() }).parse(require('../../package.json'));
  return { inkcast: version, node: process.versions.node };
}
