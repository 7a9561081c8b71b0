import { usesDependencies } from './installed-files.mjs';

/** Packages that Debian does not need: those for another libc than glibc, and types. */
const FOREIGN = /musl|wasm32|^@types\/|^undici-types$/;

/**
 * The npm packages that the device needs at run time on Linux with glibc, according to the lockfile.
 *
 * @returns for each package: `location`, its path in the lockfile, `name`, `version`, `integrity`, `license`
 */
export function productionPackages(lock, { node }) {
  const found = new Map();
  const fits = ({ os, cpu, libc }) =>
    (os?.includes('linux') ?? true) && (cpu?.includes(node) ?? true) && (libc?.includes('glibc') ?? true);

  function visit(location) {
    if (found.has(location)) return;
    const entry = lock.packages[location];
    const name = location.split('node_modules/').at(-1);
    if (entry.link) {
      visit(entry.resolved);
      return;
    }
    if (!fits(entry) || FOREIGN.test(name)) return;
    found.set(location, { location, name, ...entry });
    if (!usesDependencies(name)) return;
    for (const dependency of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const at = resolve(lock, location, dependency);
      if (at !== undefined) visit(at);
    }
  }

  visit('device');
  return [...found.values()].filter(({ location }) => location.includes('node_modules/'));
}

/** The location of the dependency for Node: the nearest node_modules. */
function resolve(lock, location, dependency) {
  for (let at = location; ; at = at.split('/').slice(0, -1).join('/')) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${dependency}`;
    if (path in lock.packages) return path;
    if (at === '') return undefined;
  }
}
