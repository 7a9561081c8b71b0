// Hooks of Node's module loader (https://nodejs.org/api/module.html#customization-hooks), for scripts/from-source.mjs.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundled, withThreads } from './bundle-source.mjs';
import { CACHE, keep } from './source-cache.mjs';

const ZOD = await zodInOneFile();

/**
 * Zod is a hundred files, half of them languages, of which each thread and process would load each one through these hooks.
 *
 * @returns the address of the one that they are bundled into, once for each version
 */
async function zodInOneFile() {
  const { version } = JSON.parse(readFileSync(new URL('../node_modules/zod/package.json', import.meta.url), 'utf8'));
  const bundled = join(CACHE, `zod-${version}.mjs`);
  if (!existsSync(bundled)) {
    const { build } = await import('esbuild');
    const contents = "export * from 'zod'; export { default } from 'zod';";
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: CACHE },
      ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', write: false },
    });
    keep(bundled, outputFiles[0].text);
  }
  return pathToFileURL(bundled).href;
}

/**
 * Finds the source of what is imported by the name of the compiled file, as TypeScript wants it. A program is bundled.
 *
 * @type {import('node:module').ResolveHook}
 */
export async function resolve(specifier, context, next) {
  const isOurs = !context.parentURL?.includes('/node_modules/');
  if (isOurs && specifier === 'zod') return { url: ZOD, shortCircuit: true };
  const isFile = /^(\.{0,2}\/|file:)/.test(specifier);
  if (isOurs && isFile && specifier.endsWith('.js')) {
    const sources = ['.ts', '.tsx'].map((end) => new URL(specifier.replace(/\.js$/, end), context.parentURL));
    const source = sources.find((url) => existsSync(url));
    if (source !== undefined) return next(await wholeProgram(source.href, context), context);
  }
  return next(await wholeProgram(specifier, context), context);
}

/**
 * @param {string} specifier
 * @param {import('node:module').ResolveHookContext} context
 */
function wholeProgram(specifier, { parentURL }) {
  const isProgram = parentURL === undefined && specifier.startsWith('file:') && specifier.endsWith('.ts');
  return isProgram ? bundled(fileURLToPath(specifier)) : specifier;
}

/**
 * Strips the types of a TypeScript file. The threads that it starts are bundled.
 *
 * @type {import('node:module').LoadHook}
 */
export async function load(url, context, next) {
  const loader = url.endsWith('.tsx') ? 'tsx' : url.endsWith('.ts') ? 'ts' : undefined;
  if (loader === undefined) return next(url, context);
  const path = fileURLToPath(url);
  const source = await withThreads(await withoutTypes(path, loader), path);
  return { format: 'module', source, shortCircuit: true };
}

/**
 * The JavaScript of a TypeScript file, which is made once for each of its versions.
 *
 * @param {string} path
 * @param {'ts' | 'tsx'} loader
 */
async function withoutTypes(path, loader) {
  const text = readFileSync(path, 'utf8');
  const cached = join(CACHE, createHash('sha256').update(`${path}\0${text}`).digest('hex'));
  if (existsSync(cached)) return readFileSync(cached, 'utf8');
  const { transform } = await import('esbuild');
  const { code } = await transform(text, {
    ...{ loader, format: 'esm', target: 'node20', jsx: 'automatic', jsxImportSource: 'preact' },
    ...{ sourcemap: 'inline', sourcesContent: false, sourcefile: path },
  });
  keep(cached, code);
  return code;
}
