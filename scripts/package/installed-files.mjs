// Which files of an npm package are installed. Most packages carry sources, types, tests and binaries for other
// platforms, which come to more than what runs.

/** What Node loads, and data beside it. Shared libraries carry their version behind `.so`. */
const LOADED = /(\.(js|cjs|mjs|json|node|wasm)|\.so(\.[\d.]+)?)$/;
/** At the top only: `yaml` keeps code in dist/doc. */
const NOT_RUN = /^(\.[^/]*|test|tests|__tests__|benchmarks?|bench|examples?|docs?|coverage|fixtures|node_modules)\//;

/** Packages of which only these files are used, and none of their dependencies. */
const PARTS = {
  // A whole TensorFlow.js binding; only its C library is loaded (docs/decisions/002).
  'tfjs-tflite-node': ({ tflite }) => [`cc_deps/${tflite}/libtensorflowlite_c.so`],
  // The module is driven directly (docs/decisions/047).
  '@tensorflow/tfjs-tflite': () => ['simd.js', 'simd.wasm'].map((end) => `wasm/tflite_web_api_cc_${end}`),
  '@techstark/opencv-js': () => ['dist/opencv.js'],
};

/** Of packages that are needed whole, what is for browsers or another libc, or builds them from source. */
const NEVER = {
  koffi: /^(vendor|lib|cnoke\.cjs)/,
  '@koromix/koffi-linux-x64': /^musl_/,
  '@koromix/koffi-linux-arm64': /^musl_/,
  mqtt: /^dist\//,
  sharp: /^(src|install)\//,
};

export function usesDependencies(name) {
  return !(name in PARTS);
}

/** Whether a file of the package, named by its path within it, is installed. */
export function isInstalled(name, path, architecture) {
  if (path === 'package.json') return true;
  if (name in PARTS) return PARTS[name](architecture).includes(path);
  return LOADED.test(path) && !NOT_RUN.test(path) && !(NEVER[name]?.test(path) ?? false);
}
