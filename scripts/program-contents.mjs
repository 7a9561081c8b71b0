import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licenceOf } from './package-licence.mjs';

/** @typedef {Pick<import('esbuild').BuildOptions, 'bundle' | 'splitting' | 'format' | 'platform' | 'target' | 'conditions' | 'external'>} Way */

const root = fileURLToPath(new URL('..', import.meta.url));
/** How threads and processes of our own are named where they are started. */
const STARTED = /new URL\('\.\/([\w-]+)\.js', import\.meta\.url\)/g;
/** What may be loaded from a package. */
const PARTS = ['device', 'shared', 'reader', 'learning', 'training'];

/**
 * The sources of the programs that a source starts.
 *
 * @param {string} path
 * @param {string} text
 */
export function startedBy(path, text) {
  const names = [...text.matchAll(STARTED)].map(([, name]) => join(dirname(path), `${name}.ts`));
  return names.filter((each) => existsSync(each)).map((each) => relative(root, each));
}

/**
 * What scripts/package has to know of the bundle: the npm packages whose code is within it, with their licences; those that are
 * loaded from node_modules; and the compiled files of ours that run outside of it.
 *
 * @param {import('esbuild').Metafile} bundle
 * @param {readonly string[]} outside sources of programs that the bundle starts, and which are no parts of it
 * @param {Way} way how the bundle is built
 */
export async function contentsOf(bundle, outside, way) {
  const others = await inputsFrom(outside, way);
  const loaded = [...locations(others), ...externalPackages(way.external ?? [])];
  return {
    bundled: locations(Object.keys(bundle.inputs)).map((location) => licenceOf(join(root, location))),
    loaded: [...new Set(loaded)].sort(),
    files: others
      .filter((path) => /^\w+\/src\//.test(path))
      .map((path) => path.replace('/src/', '/dist/').replace(/ts$/, 'js')),
  };
}

/**
 * Every file that programs consist of, with those that they start in turn.
 *
 * @param {readonly string[]} programs
 * @param {Way} way
 * @returns {Promise<string[]>} paths below the repository
 */
async function inputsFrom(programs, way) {
  const entries = new Set(programs);
  for (;;) {
    const known = entries.size;
    const { metafile } = await build({
      ...{ ...way, entryPoints: [...entries], absWorkingDir: root, outdir: 'unused', write: false, metafile: true },
      logLevel: 'error',
    });
    const inputs = Object.keys(metafile.inputs).filter((path) => existsSync(join(root, path)));
    for (const path of inputs.filter((each) => each.endsWith('.ts') && !each.includes('node_modules/')))
      for (const each of startedBy(join(root, path), readFileSync(join(root, path), 'utf8'))) entries.add(each);
    if (entries.size === known) return inputs.sort();
  }
}

/** @param {readonly string[]} paths */
function locations(paths) {
  const found = paths.flatMap((path) => /^(.*node_modules\/(@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(found)].sort();
}

/**
 * The packages that our own name, and that stay outside of the bundle.
 *
 * @param {readonly string[]} external
 */
function externalPackages(external) {
  const names = PARTS.flatMap((part) => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(root, part, 'package.json'), 'utf8'),
    );
    return Object.keys({ ...dependencies, ...optionalDependencies });
  });
  const stays = (/** @type {string} */ name) =>
    external.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));
  return names.filter((name) => !name.startsWith('@inkcast/') && stays(name)).map((name) => `node_modules/${name}`);
}
