import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copy, filesBelow } from '../application-tree.js';
import { ARCHITECTURES } from '../architectures.js';
import { isInstalled } from '../installed-files.js';
import { readManifest } from './manifest.js';

/**
 * Packages that are not left to npm, but lie within ours (docs/decisions/187): with them npm would run a script that may compile
 * (koffi, tfjs-tflite-node), install a copy of TensorFlow.js that nothing loads, or unpack files that nothing reads.
 */
const BUNDLED: readonly string[] = ['koffi', 'tfjs-tflite-node', '@tensorflow/tfjs-tflite', '@techstark/opencv-js'];
/** The file of each package that lists those of others within it. */
export const BILL = 'inkcast.cdx.json';
const LICENCE = /^(licen[cs]e|notice|copying)/i;

/** The packages that lie within ours. */
export interface Bundle {
  readonly names: readonly string[];
  /** What they need of npm themselves: binaries for this machine, which come as packages without scripts. */
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/**
 * Copies those of the named packages that are not left to npm below node_modules of `folder`, with the files that run on any
 * architecture, their licence, and a manifest without scripts and dependencies.
 */
export function bundlePackages(root: string, folder: string, names: readonly string[]): Bundle {
  const optionalDependencies: Record<string, string> = {};
  const bundled = names.filter((each) => BUNDLED.includes(each));
  for (const name of bundled) {
    const from = join(root, 'node_modules', name);
    const to = join(folder, 'node_modules', name);
    const runs = (path: string) => Object.values(ARCHITECTURES).some((each) => isInstalled(name, path, each));
    const licences = readdirSync(from).filter((path) => LICENCE.test(path));
    for (const path of [...filesBelow(from).filter(runs), ...licences]) copy(join(from, path), join(to, path));
    const { dependencies: _, optionalDependencies: binaries, ...manifest } = readManifest(from);
    writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    Object.assign(optionalDependencies, binaries);
  }
  return { names: bundled, optionalDependencies };
}
