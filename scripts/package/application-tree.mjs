import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { elfMachine } from './elf.mjs';
import { isInstalled } from './installed-files.mjs';
import { packageFolder } from './package-folder.mjs';

/** Every file below a folder, by its path within it. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/**
 * Lays out the application as the repository has it, so that what is found by a relative path (models, the child
 * process that tries the Coral, the worker of the database) is found in the same place.
 *
 * @returns the folders that the npm packages were copied from, by location
 */
export function layOutApplication({ root, target, scratch, packages, architecture }) {
  copyPackage(root, target, 'device', 'device');
  copyPackage(root, target, 'shared', 'node_modules/@inkcast/shared');
  for (const folder of ['models', 'assets/scenes']) {
    for (const path of filesBelow(join(root, folder))) {
      if (!path.endsWith('.md')) copy(join(root, folder, path), join(target, folder, path));
    }
  }
  const folders = new Map();
  for (const entry of packages) {
    const from = packageFolder(root, scratch, entry);
    const paths = filesBelow(from).filter((path) => isInstalled(entry.name, path, architecture));
    // Types and the like have nothing that runs.
    if (paths.length === 1) continue;
    folders.set(entry.location, from);
    // What npm nests in shared/node_modules follows the package.
    const to = entry.location.replace(/^shared\//, 'node_modules/@inkcast/shared/');
    for (const path of paths) copy(join(from, path), join(target, to, path));
  }
  refuseForeignBinaries(target, architecture);
  return folders;
}

/** One of our own packages: its manifest, what is built from sources that still exist, its programs, kernels and page. */
function copyPackage(root, target, name, to) {
  const from = join(root, name);
  copy(join(from, 'package.json'), join(target, to, 'package.json'));
  for (const path of filesBelow(join(from, 'dist'))) {
    const source = join(from, 'src', path.replace(/\.js$/, '.ts'));
    if (path.endsWith('.js') && existsSync(source)) copy(join(from, 'dist', path), join(target, to, 'dist', path));
  }
  for (const folder of ['bin', 'wasm', 'dist-web'].filter((each) => existsSync(join(from, each)))) {
    for (const path of filesBelow(join(from, folder))) copy(join(from, folder, path), join(target, to, folder, path));
  }
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function refuseForeignBinaries(target, { machine }) {
  for (const path of filesBelow(target)) {
    const found = elfMachine(readFileSync(join(target, path)));
    if (found !== undefined && found !== machine) {
      throw new Error(`${relative(target, join(target, path))} is for another architecture`);
    }
  }
}
