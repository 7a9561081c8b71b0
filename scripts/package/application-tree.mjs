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
 * Copies the application with the folders of the repository, so that relative paths stay valid (models, the child process
 * that tries the Coral, the worker of the database).
 *
 * @returns the source folders of the npm packages, by location
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
    // Packages with types only contain nothing to run.
    if (paths.length === 1) continue;
    folders.set(entry.location, from);
    // What npm nests in shared/node_modules follows the package.
    const to = entry.location.replace(/^shared\//, 'node_modules/@inkcast/shared/');
    for (const path of paths) copy(join(from, path), join(target, to, path));
  }
  refuseForeignBinaries(target, architecture);
  return folders;
}

/** A package of this repository: manifest, compiled files whose sources still exist, programs, kernels and page. */
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
