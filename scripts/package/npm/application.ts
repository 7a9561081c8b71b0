import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOwnFiles, PARTS_OF_DEVICE } from '../application-tree.js';
import { ARCHITECTURES } from '../architectures.js';
import { billOfMaterials } from '../bill-of-materials.js';
import { pagePackages } from '../page-packages.js';
import { FOR_LEARNING, lockSchema, productionPackages } from '../production-packages.js';
import { BILL, bundlePackages } from './bundled-packages.js';
import { readManifest } from './manifest.js';

/** Not the root: npm leaves a folder node_modules there to itself. */
const APPLICATION = 'app';

/**
 * Lays out the npm package `inkcast`: the device with its parts as packages within it, models and sample scenes. npm fetches the
 * other packages, in the versions of the lockfile. The bill of materials lists both, since the program is bundled with code of many.
 */
export function layOutApplicationPackage(root: string, target: string, date: Date): void {
  const app = join(target, APPLICATION);
  mkdirSync(app, { recursive: true });
  copyOwnFiles(root, app);
  const { dependencies: own, ...device } = readManifest(join(root, 'device'));
  const parts = PARTS_OF_DEVICE.map((name) => readManifest(join(root, name)));
  for (const [index, { dependencies: _, ...manifest }] of parts.entries()) {
    const file = join(app, 'node_modules/@inkcast', PARTS_OF_DEVICE[index], 'package.json');
    writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  const named = parts.flatMap(({ name, dependencies }) => {
    const names = Object.keys(dependencies);
    return name === '@inkcast/training' ? names.filter((each) => FOR_LEARNING.includes(each)) : names;
  });
  const used = [...new Set([...Object.keys(own), ...named])].filter((name) => !name.startsWith('@inkcast/')).sort();
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
  const run = Object.values(ARCHITECTURES).flatMap((each) => productionPackages(lock, each));
  const product = { purl: 'pkg:npm/inkcast', name: manifest.name, version: manifest.version, date };
  writeFileSync(join(target, BILL), billOfMaterials([...run, ...pagePackages(root, lock)], product));
  for (const file of ['LICENSE', 'CHANGELOG.md']) copyFileSync(join(root, file), join(target, file));
  copyFileSync(join(root, 'docs/guide/npm.md'), join(target, 'README.md'));
}
