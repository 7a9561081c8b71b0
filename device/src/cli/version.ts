import { createRequire } from 'node:module';
import { z } from 'zod';

/** Version of the device package. */
export function version(): string {
  const content: unknown = createRequire(import.meta.url)('../../package.json');
  return z.object({ version: z.string() }).parse(content).version;
}
