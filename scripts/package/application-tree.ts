import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Architecture } from './architectures.js';
import { elfMachine } from './elf.js';
import { isInstalled } from './installed-files.js';
import { packageFolder } from './package-folder.js';
import type { LockedPackage } from './production-packages.js';
import { programContents } from './program-contents.js';

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
  const { files } = programContents(root);
  copyPackage(root, target, { name: 'device', to: 'device', files });
  for (const name of PARTS_OF_DEVICE) copyPackage(root, target, { name, to: `node_modules/@inkcast/${name}`, files });
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
    for (const path of paths) copy(join(from, path), join(target, entry.location, path));
  }
  refuseForeignBinaries(target, architecture);
  return folders;
}

interface OwnPackage {
  readonly name: string;
  /** Its folder in what is laid out. */
  readonly to: string;
  /** The compiled files of all packages that run outside of the bundle. */
  readonly files: readonly string[];
}

/** A package of this repository: manifest, programs and their bundle, what runs outside of it, kernels and page. */
function copyPackage(root: string, target: string, { name, to, files }: OwnPackage): void {
  const from = join(root, name);
  copy(join(from, 'package.json'), join(target, to, 'package.json'));
  for (const path of files.filter((each) => each.startsWith(`${name}/`)).map((each) => each.slice(name.length + 1))) {
    copy(join(from, path), join(target, to, path));
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
