import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Lock, type LockedPackage, lockedAt } from './production-packages.js';

/** An npm package whose code is copied into what is built. */
const copiedSchema = z.object({ location: z.string() });

const contentsSchema = z.object({
  /** The npm packages whose code is within the program's bundle, with their licences. */
  bundled: z.array(copiedSchema),
  /** The locations of those that are loaded when it runs. */
  loaded: z.array(z.string()),
  /** The compiled files of ours that run outside of the bundle. */
  files: z.array(z.string()),
});

/** What the bundler says of the built program of the repository `root` (scripts/program-contents.mjs). */
export function programContents(root: string): z.infer<typeof contentsSchema> {
  return contentsSchema.parse(read(root, 'device/dist-program/contents.json'));
}

/** The npm packages whose code is copied into the built program and the built page of the repository `root`. */
export function copiedPackages(root: string, lock: Lock): LockedPackage[] {
  const page = z.array(copiedSchema).parse(read(root, 'device/dist-web/licences.json'));
  return [...programContents(root).bundled, ...page].map(({ location }) => lockedAt(lock, location));
}

const read = (root: string, path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
