// Hooks of Node's module loader (https://nodejs.org/api/module.html#customization-hooks), for scripts/from-source.mjs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/inkcast-source', import.meta.url));

mkdirSync(CACHE, { recursive: true });

/**
 * Finds the source of what is imported by the name of the compiled file, as TypeScript wants it.
 *
 * @type {import('node:module').ResolveHook}
 */
export function resolve(specifier, context, next) {
  const isFile = /^(\.{0,2}\/|file:)/.test(specifier);
  if (isFile && specifier.endsWith('.js') && !context.parentURL?.includes('/node_modules/')) {
    const sources = ['.ts', '.tsx'].map((end) => new URL(specifier.replace(/\.js$/, end), context.parentURL));
    const source = sources.find((url) => existsSync(url));
    if (source !== undefined) return next(source.href, context);
  }
  return next(specifier, context);
}

/**
 * Strips the types of a TypeScript file, once for each of its versions.
 *
 * @type {import('node:module').LoadHook}
 */
export async function load(url, context, next) {
  const loader = url.endsWith('.tsx') ? 'tsx' : url.endsWith('.ts') ? 'ts' : undefined;
  if (loader === undefined) return next(url, context);
  const path = fileURLToPath(url);
  const text = readFileSync(path, 'utf8');
  const cached = join(CACHE, createHash('sha256').update(`${path}\0${text}`).digest('hex'));
  if (existsSync(cached)) return { format: 'module', source: readFileSync(cached, 'utf8'), shortCircuit: true };
  const { transform } = await import('esbuild');
  const { code } = await transform(text, {
    ...{ loader, format: 'esm', target: 'node20', jsx: 'automatic', jsxImportSource: 'preact' },
    ...{ sourcemap: 'inline', sourcesContent: false, sourcefile: path },
  });
  // A file appears whole or not at all: other processes read it, too.
  const unfinished = `${cached}.${process.pid}.${threadId}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, cached);
  return { format: 'module', source: code, shortCircuit: true };
}
