import { createRequire } from 'node:module';
import { z } from 'zod';

/** The versions of the software that makes a run or a bundle. */
export function madeWith(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const { version } = z.object({ version: z.string() }).parse(require('../../package.json'));
  return { inkcast: version, node: process.versions.node };
}
