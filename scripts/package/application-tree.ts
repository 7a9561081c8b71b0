import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Architecture } from './architectures.js';
import { elfMachine } from './elf.js';
import { isInstalled } from './installed-files.js';
import { packageFolder } from './package-folder.js';
import type { LockedPackage } from './production-packages.js';

/** Parts that learning on a device does not load. They need packages that the Debian package does not have. */
const NOT_ON_DEVICES: Readonly<Record<string, RegExp>> = {
  training: /^(cli|exports|hdf5|keras-import|model-import|tflite-import|reports|tuning)\//,
};

/** Every file below a folder, by its path within it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

export interface ApplicationTree {
  /** The repository. */
  readonly root: string;
  /** The folder that is laid out. */
  readonly target: string;
  /** A folder for what npm fetches. */
  readonly scratch: string;
  readonly packages: readonly LockedPackage[];
  readonly architecture: Architecture;
}

/** The packages of this repository that the device is made of, besides its own. */
export const PARTS_OF_DEVICE = ['shared', 'learning', 'training', 'reader'] as const;

/**
 * Copies what this repository itself gives to the application, with its folders, so that relative paths stay valid (models,
 * the child process that tries the Coral, the worker of the database).
 */
export function copyOwnFiles(root: string, target: string): void {
  copyPackage(root, target, 'device', 'device');
  for (const name of PARTS_OF_DEVICE) copyPackage(root, target, name, `node_modules/@inkcast/${name}`);
  for (const folder of ['models', 'assets/scenes']) {
    for (const path of filesBelow(join(root, folder))) {
      if (!path.endsWith('.md')) copy(join(root, folder, path), join(target, folder, path));
    }
  }
}

/** Copies the whole application. @returns the source folders of the npm packages, by location */
export function layOutApplication({
  root,
  target,
  scratch,
  packages,
  architecture,
}: ApplicationTree): Map<string, string> {
  copyOwnFiles(root, target);
  const folders = new Map<string, string>();
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

/** A package of this repository: manifest, compiled files whose sources still exist, programs and their bundle, kernels and page. */
function copyPackage(root: string, target: string, name: string, to: string): void {
  const from = join(root, name);
  copy(join(from, 'package.json'), join(target, to, 'package.json'));
  for (const path of filesBelow(join(from, 'dist'))) {
    const source = join(from, 'src', path.replace(/\.js$/, '.ts'));
    const isLoaded = path.endsWith('.js') && existsSync(source) && !NOT_ON_DEVICES[name]?.test(path);
    if (isLoaded) copy(join(from, 'dist', path), join(target, to, 'dist', path));
  }
  const programs = name === 'training' ? [] : ['bin'];
  for (const folder of [...programs, 'dist-program', 'wasm', 'dist-web'].filter((each) =>
    existsSync(join(from, each)),
  )) {
    for (const path of filesBelow(join(from, folder))) copy(join(from, folder, path), join(target, to, folder, path));
  }
}

/** Copies a file, and makes the folders that it needs. */
export function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function refuseForeignBinaries(target: string, { machine }: Architecture): void {
  for (const path of filesBelow(target)) {
    const found = elfMachine(readFileSync(join(target, path)));
    if (found !== undefined && found !== machine) {
      throw new Error(`${relative(target, join(target, path))} is for another architecture`);
    }
  }
}
