import type { Architecture } from './architectures.js';

// This module decides which files of an npm package are installed. Most packages also contain sources, types, tests and
// binaries for other platforms, which are larger than the files that run.

/** Files that Node loads, and data. Shared libraries have their version after `.so`. */
const LOADED = /(\.(js|cjs|mjs|json|node|wasm)|\.so(\.[\d.]+)?)$/;
/** Folders that are skipped only at the top level: `yaml` has code in dist/doc. */
const NOT_RUN = /^(\.[^/]*|test|tests|__tests__|benchmarks?|bench|examples?|docs?|coverage|fixtures|node_modules)\//;

/** Packages of which only these files are used, without dependencies. */
const PARTS: Readonly<Record<string, (architecture: Architecture) => readonly string[]>> = {
  // Inkcast uses only the C library of this TensorFlow.js binding (docs/decisions/002).
  'tfjs-tflite-node': ({ tflite }) => [`cc_deps/${tflite}/libtensorflowlite_c.so`],
  // Inkcast calls this module directly (docs/decisions/047).
  '@tensorflow/tfjs-tflite': () => ['simd.js', 'simd.wasm'].map((end) => `wasm/tflite_web_api_cc_${end}`),
  '@techstark/opencv-js': () => ['dist/opencv.js'],
};

/** Files for browsers, for another libc, or for a build from source, in packages that are otherwise complete. */
const NEVER: Readonly<Record<string, RegExp>> = {
  koffi: /^(vendor|lib|cnoke\.cjs)/,
  '@koromix/koffi-linux-x64': /^musl_/,
  '@koromix/koffi-linux-arm64': /^musl_/,
  mqtt: /^dist\//,
  sharp: /^(src|install)\//,
};

export function usesDependencies(name: string): boolean {
  return !(name in PARTS);
}

/** Whether a file of the package is installed. The path is relative to the package. */
export function isInstalled(name: string, path: string, architecture: Architecture): boolean {
  if (path === 'package.json') return true;
  if (name in PARTS) return PARTS[name](architecture).includes(path);
  return LOADED.test(path) && !NOT_RUN.test(path) && !(NEVER[name]?.test(path) ?? false);
}
