// Bundles `inkcast` into device/dist-program, unless nothing has changed since: one file for what every run of it needs, and
// one for each part that is loaded on demand. A thousand modules one by one take half a second more at the start, and 10 MB
// of memory (docs/decisions/160).
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { digestOf } from './digest.mjs';
import { loadedLater, nodeStreams } from './loaded-later.mjs';
import { contentsOf, startedBy } from './program-contents.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'device/dist-program');
const stamp = join(root, 'node_modules/.inkcast-built-program');
const SOURCES = [
  ...['device/src', 'reader/src', 'shared/src', 'learning/src', 'training/src', 'package-lock.json'],
  ...['build-program.mjs', 'loaded-later.mjs', 'program-contents.mjs', 'package-licence.mjs'].map(
    (name) => `scripts/${name}`,
  ),
];

/** Threads of the daemon, which are programs of their own. */
const WORKERS = ['storage/database-worker', 'teaching/database-worker'];

/** What stays in its package: native code with its files, what is loaded by its path, and the process that learns. */
const EXTERNAL = [
  ...['sharp', 'libsql', 'koffi', '@techstark/opencv-js', '@tensorflow/*', 'tfjs-tflite-node', 'node-raspistill'],
  ...['@inkcast/learning'],
];

/** The source of the process that learns, which the bundle starts by the name of its package. */
const LEARNING = 'learning/src/process/main.ts';
/** What was packed into the bundle, and what is not (scripts/package). */
const CONTENTS = 'contents.json';

/** Packages of CommonJS call `require`, which modules do not have. */
const REQUIRE = "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);";

/** Where a source is once it is compiled and installed, seen from the bundle: packages are found below node_modules. */
const installedPath = (/** @type {string} */ path) => {
  const [, name, inside] = /^(\w+)\/src\/(.*)\.ts$/.exec(path) ?? [];
  if (name === undefined) return `../../${path}`;
  return name === 'device' ? `../dist/${inside}.js` : `../../node_modules/@inkcast/${name}/dist/${inside}.js`;
};

/** How the bundle is built of modules. @satisfies {import('esbuild').BuildOptions} */
const WAY = {
  ...{ bundle: true, splitting: true, target: 'node20', conditions: ['inkcast-source'], external: EXTERNAL },
  ...{ format: /** @type {const} */ ('esm'), platform: /** @type {const} */ ('node') },
};

/** Sources of programs that modules of the bundle start by their addresses, without its own threads. */
const outside = new Set([LEARNING]);

/**
 * A module that finds its files by its own address keeps that address, so that it needs not know of the bundle. Only the
 * threads are those of the bundle.
 *
 * @type {import('esbuild').Plugin}
 */
const ownAddresses = {
  name: 'own-addresses',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.(ts|mjs|js)$/ }, ({ path }) => {
      const text = loadedLater(path, readFileSync(path, 'utf8'));
      const file = relative(root, path);
      for (const each of startedBy(path, text))
        if (!WORKERS.includes(each.replace(/^device\/src\/|\.ts$/g, ''))) outside.add(each);
      const contents = text
        // esbuild leaves out what is not used of a package, but only where it is imported by names.
        .replace("import { z } from 'zod';", "import * as z from 'zod';")
        // In a bundle, a package of CommonJS that is imported on demand has no names: @fastify/cookie does so with this one.
        .replace("await import('cookie')", "require('cookie')")
        .replaceAll(/new URL\('\.\/([\w-]+-worker)\.js', import\.meta\.url\)/g, (_, worker) => {
          return `new URL('./${basename(dirname(file))}-${worker}.js', import.meta['url'])`;
        })
        .replaceAll('import.meta.url', `new URL(${JSON.stringify(installedPath(file))}, import.meta['url']).href`);
      return { contents, loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

async function bundle() {
  const { outputFiles, metafile } = await build({
    entryPoints: Object.fromEntries(
      ['cli/main', ...WORKERS].map((entry) => [entry.replace('/', '-'), join(root, `device/src/${entry}.ts`)]),
    ),
    outdir: out,
    ...{ ...WAY, absWorkingDir: root, write: false, metafile: true },
    // Names stay readable in the stacks of errors.
    ...{ minifySyntax: true, minifyWhitespace: true, legalComments: 'none', logLevel: 'error' },
    // Node.js shows the line of an error, which should not be the whole bundle.
    lineLimit: 200,
    ...{ banner: { js: REQUIRE }, plugins: [nodeStreams, ownAddresses] },
  });
  mkdirSync(out, { recursive: true });
  const facts = await contentsOf(metafile, [...outside], WAY);
  writeFileSync(join(out, CONTENTS), `${JSON.stringify(facts, undefined, 2)}\n`);
  const files = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  // A program that starts meanwhile finds either build whole: parts are named by their content, and lead to one another.
  for (const { name, contents } of files) {
    writeFileSync(join(out, `${name}.${process.pid}`), contents);
    renameSync(join(out, `${name}.${process.pid}`), join(out, name));
  }
  const known = new Set(files.map(({ name }) => name));
  for (const name of readdirSync(out))
    if (name.endsWith('.js') && !known.has(name)) rmSync(join(out, name), { force: true });
}

const wanted = digestOf(SOURCES);
if (!existsSync(join(out, CONTENTS)) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  rmSync(stamp, { force: true });
  await bundle();
  writeFileSync(stamp, wanted);
}
