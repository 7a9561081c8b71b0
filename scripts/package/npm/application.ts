import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOwnFiles, PARTS_OF_DEVICE } from '../application-tree.js';
import { ARCHITECTURES } from '../architectures.js';
import { billOfMaterials } from '../bill-of-materials.js';
import { lockSchema, productionPackages } from '../production-packages.js';
import { copiedPackages, programContents } from '../program-contents.js';
import { BILL, bundlePackages } from './bundled-packages.js';
import { readManifest } from './manifest.js';

/** Not the root: npm leaves a folder node_modules there to itself. */
const APPLICATION = 'app';

/**
 * Lays out the npm package `inkcast`: the device with its parts as packages within it, models and sample scenes. npm fetches the
 * packages that the program loads, in the versions of the lockfile. The bill of materials also lists those whose code is within it.
 */
export function layOutApplicationPackage(root: string, target: string, date: Date): void {
  const app = join(target, APPLICATION);
  mkdirSync(app, { recursive: true });
  copyOwnFiles(root, app);
  const device = readManifest(join(root, 'device'));
  const parts = PARTS_OF_DEVICE.map((name) => readManifest(join(root, name)));
  for (const [index, { dependencies: _, ...manifest }] of parts.entries()) {
    const file = join(app, 'node_modules/@inkcast', PARTS_OF_DEVICE[index], 'package.json');
    writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  const { loaded } = programContents(root);
  // An optional one that cannot be installed must not fail the installation.
  const used = loaded
    .map((location) => location.slice('node_modules/'.length))
    .filter((name) => !(name in device.optionalDependencies));
  const bundle = bundlePackages(root, app, used);
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const locked = used
    .filter((name) => !bundle.names.includes(name))
    .map((name) => [name, lock.packages[`node_modules/${name}`].version]);
  const manifest = {
    ...readManifest(root),
    engines: device.engines,
    bin: { inkcast: `${APPLICATION}/device/bin/inkcast.js` },
    dependencies: Object.fromEntries(locked),
    optionalDependencies: { ...device.optionalDependencies, ...bundle.optionalDependencies },
  };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const run = Object.values(ARCHITECTURES).flatMap((each) => productionPackages(lock, loaded, each));
  const product = { purl: 'pkg:npm/inkcast', name: manifest.name, version: manifest.version, date };
  writeFileSync(join(target, BILL), billOfMaterials([...run, ...copiedPackages(root, lock)], product));
  for (const file of ['LICENSE', 'CHANGELOG.md']) copyFileSync(join(root, file), join(target, file));
  copyFileSync(join(root, 'docs/guide/npm.md'), join(target, 'README.md'));
}
