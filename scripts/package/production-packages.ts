import { z } from 'zod';
import type { Architecture } from './architectures.js';
import { usesDependencies } from './installed-files.js';

/** Packages that Debian does not need: those for another libc than glibc, and types. */
const FOREIGN = /musl|wasm32|^@types\/|^undici-types$/;

const namesSchema = z.array(z.string());
const dependenciesSchema = z.record(z.string(), z.string());
const entrySchema = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  os: namesSchema.optional(),
  cpu: namesSchema.optional(),
  libc: namesSchema.optional(),
  dependencies: dependenciesSchema.optional(),
  optionalDependencies: dependenciesSchema.optional(),
});
type LockEntry = z.infer<typeof entrySchema>;

/** The part of package-lock.json that is used. */
export const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });
export type Lock = z.infer<typeof lockSchema>;

const lockedPackageSchema = z.object({
  /** Its path in the lockfile. */
  location: z.string(),
  name: z.string(),
  version: z.string(),
  integrity: z.string(),
  license: z.string(),
});
export type LockedPackage = z.infer<typeof lockedPackageSchema>;

/** A package of the lockfile. @param location its path there */
export function lockedAt(lock: Lock, location: string): LockedPackage {
  const name = location.split('node_modules/').at(-1);
  return lockedPackageSchema.parse({ ...lock.packages[location], location, name });
}

/**
 * The npm packages that are needed at run time on Linux with glibc, according to the lockfile: those that the program loads, and what
 * they need in turn.
 *
 * @param loaded their locations
 */
export function productionPackages(lock: Lock, loaded: readonly string[], { node }: Architecture): LockedPackage[] {
  const found = new Set<string>();
  const fits = ({ os, cpu, libc }: LockEntry) =>
    (os?.includes('linux') ?? true) && (cpu?.includes(node) ?? true) && (libc?.includes('glibc') ?? true);

  function visit(location: string): void {
    if (found.has(location)) return;
    const entry = lock.packages[location];
    const name = location.split('node_modules/').at(-1) ?? location;
    if (!fits(entry) || FOREIGN.test(name)) return;
    found.add(location);
    if (!usesDependencies(name)) return;
    for (const dependency of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const at = resolve(lock, location, dependency);
      if (at !== undefined) visit(at);
    }
  }

  for (const location of loaded) visit(location);
  return [...found].map((each) => lockedAt(lock, each));
}

/** The location of the dependency for Node: the nearest node_modules. */
function resolve(lock: Lock, location: string, dependency: string): string | undefined {
  for (let at = location; ; at = at.split('/').slice(0, -1).join('/')) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${dependency}`;
    if (path in lock.packages) return path;
    if (at === '') return undefined;
  }
}
