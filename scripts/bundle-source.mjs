// Bundles a program, or the module of a thread, from its sources, once for each version of them (docs/decisions/205).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BUNDLES, keep } from './source-cache.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What decides, besides the sources, what a bundle contains. */
const MADE_WITH = ['package-lock.json', 'scripts/bundle-source.mjs'];

const COMPUTED_IMPORT = /\bimport\((?!["'`])/;
/** How a module names the module of a thread. */
const THREAD = /new URL\(["'](\.\/(?:[\w-]+-)?worker)\.js["'], import\.meta\.url\)/g;

/**
 * What a bundle is made of: digests of files, and addresses of the bundles of threads, by path below the root.
 *
 * @typedef {{ sources: Record<string, string>, threads: Record<string, string> }} Parts
 * @type {Map<string, Promise<string>>} Addresses by path of the source; nobody changes sources while a process runs.
 */
const known = new Map();

/**
 * @param {string} entry path of the source of a program or a thread
 * @returns {Promise<string>} the address of one module with all of ours that it imports; its own where it imports by
 * addresses that are computed, because it would have other instances of what those modules import
 */
export function bundled(entry) {
  const address = known.get(entry) ?? upToDate(entry);
  known.set(entry, address);
  return address;
}

/**
 * Lets a source start the bundles of its threads.
 *
 * @param {string} text
 * @param {string} path
 * @param {Record<string, string>} [threads] filled with their addresses, by path
 */
export async function withThreads(text, path, threads = {}) {
  let changed = text;
  for (const [whole, name] of text.matchAll(THREAD)) {
    const thread = fileURLToPath(new URL(`${name}.ts`, pathToFileURL(path)));
    const address = await bundled(thread);
    threads[relative(root, thread)] = address;
    changed = changed.replace(whole, `new URL(${JSON.stringify(address)})`);
  }
  return changed;
}

const digest = (/** @type {string | Buffer} */ content) => createHash('sha256').update(content).digest('hex');

/** What says of what the bundle is, and where it is. */
const recordOf = (/** @type {string} */ entry) => join(BUNDLES, `${digest(entry)}.json`);

/** @param {string} entry */
async function upToDate(entry) {
  if (!existsSync(recordOf(entry))) return bundle(entry);
  const { address, ...parts } = JSON.parse(readFileSync(recordOf(entry), 'utf8'));
  return (await isOf(parts)) ? address : bundle(entry);
}

/** @param {Parts} parts @returns whether they are what they were */
async function isOf({ sources, threads }) {
  for (const [path, was] of Object.entries(sources)) {
    const file = join(root, path);
    if (!existsSync(file) || digest(readFileSync(file)) !== was) return false;
  }
  for (const [path, was] of Object.entries(threads)) if ((await bundled(join(root, path))) !== was) return false;
  return true;
}

/** @param {string} entry */
async function bundle(entry) {
  const { build } = await import('esbuild');
  const digests = MADE_WITH.map((path) => [path, digest(readFileSync(join(root, path)))]);
  /** @type {Parts} */
  const parts = { sources: Object.fromEntries(digests), threads: {} };
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], outfile: 'bundle.mjs', absWorkingDir: root, bundle: true, write: false },
    ...{ format: 'esm', platform: 'node', target: 'node20', conditions: ['inkcast-source'] },
    ...{ sourcemap: 'inline', sourcesContent: false, sourceRoot: pathToFileURL(root).href, logLevel: 'silent' },
    plugins: [ownPackages(parts)],
  });
  const { text } = outputFiles[0];
  const file = join(BUNDLES, `${basename(entry, '.ts')}-${digest(text)}.mjs`);
  const isWhole = !COMPUTED_IMPORT.test(text);
  if (isWhole) keep(file, text);
  const address = pathToFileURL(isWhole ? file : entry).href;
  keep(recordOf(entry), JSON.stringify({ address, ...parts }));
  return address;
}

/**
 * Packages of others stay where they are, except for Zod, of which little is used. A module of ours that finds its files by
 * its own address keeps that address.
 *
 * @param {Parts} parts filled with what is read
 * @returns {import('esbuild').Plugin}
 */
const ownPackages = ({ sources, threads }) => ({
  name: 'own-packages',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path }) => (/^(@inkcast\/|zod$)/.test(path) ? undefined : { external: true }));
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const text = readFileSync(path, 'utf8');
      sources[relative(root, path)] = digest(text);
      const contents = (await withThreads(text, path, threads))
        .replace("import { z } from 'zod';", "import * as z from 'zod';")
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
});
