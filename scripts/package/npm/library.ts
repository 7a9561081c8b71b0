import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copy, filesBelow } from '../application-tree.js';
import { billOfMaterials } from '../bill-of-materials.js';
import { lockedAt, lockSchema } from '../production-packages.js';
import { BILL, bundlePackages } from './bundled-packages.js';
import { readManifest } from './manifest.js';
import { usedPackages } from './used-packages.js';

/** A package of this repository that others can build on. */
export interface Library {
  /** Its folder in the repository, and its name behind @inkcast/. */
  readonly name: string;
  /** Its public entries, each a folder of its sources. The guide describes them (docs/guide/libraries.md). */
  readonly entries: readonly string[];
  /** Folders of its sources that are not shipped, because only its program uses them. */
  readonly left: readonly string[];
  /** Folders beside its sources that it reads. */
  readonly data: readonly string[];
}

export const LIBRARIES: readonly Library[] = [
  {
    name: 'shared',
    // The other two are built on all of it; the guide names what is for others, too.
    entries: ['*'],
    left: [],
    data: [],
  },
  {
    name: 'reader',
    entries: ['engine', 'inference', 'numbers', 'reading', 'vision'],
    left: [],
    data: ['wasm'],
  },
  {
    name: 'training',
    entries: [
      ...['bundle', 'checkpoint', 'data', 'engine', 'evaluation', 'exports', 'model-import', 'models'],
      ...['quantization', 'recipe', 'reports', 'tflite', 'tflite-conversion', 'trainer', 'tuning', 'verification'],
    ],
    // The program inkcast-train cuts users' pictures with the device, which is no library.
    left: ['cli'],
    data: ['recipes', 'wasm'],
  },
];

const targetsOf = (entry: string) => ({
  types: `./dist/${entry}/index.d.ts`,
  default: `./dist/${entry}/index.js`,
});

/** Lays out a library as npm publishes it. Ours that it needs have to have its version. */
export function layOutLibrary(root: string, library: Library, target: string, date: Date): void {
  const { name, entries, left, data } = library;
  const from = join(root, name);
  mkdirSync(target, { recursive: true });
  for (const path of filesBelow(join(from, 'dist'))) {
    const source = join(from, 'src', path.replace(/(\.d\.ts|\.js)$/, '.ts'));
    const ships = /\.(js|d\.ts)$/.test(path) && existsSync(source) && !left.some((each) => path.startsWith(`${each}/`));
    if (ships) copy(join(from, 'dist', path), join(target, 'dist', path));
  }
  for (const folder of data) {
    for (const path of filesBelow(join(from, folder))) copy(join(from, folder, path), join(target, folder, path));
  }
  const { dependencies, optionalDependencies, ...manifest } = readManifest(from);
  const used = usedPackages(target, Object.keys(dependencies));
  const bundle = bundlePackages(root, join(target, 'dist'), used);
  const needed = used.filter((each) => !bundle.names.includes(each));
  const ranges = needed.map((each) => [each, each.startsWith('@inkcast/') ? manifest.version : dependencies[each]]);
  const published = {
    ...manifest,
    exports: Object.fromEntries(entries.map((entry) => [`./${entry}`, targetsOf(entry)])),
    dependencies: Object.fromEntries(ranges),
    optionalDependencies: { ...optionalDependencies, ...bundle.optionalDependencies },
  };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const within = bundle.names.map((each) => lockedAt(lock, `node_modules/${each}`));
  const product = { purl: `pkg:npm/%40inkcast/${name}`, name: manifest.name, version: manifest.version, date };
  writeFileSync(join(target, BILL), billOfMaterials(within, product));
  copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  copyFileSync(join(root, 'docs/guide/libraries.md'), join(target, 'README.md'));
}
