// Compiles the training engine's kernels. The compiled files are committed, so that neither training nor its tests need
// the compiler; a test holds them against their sources.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const SOURCE = 'training/src/engine/wasm/kernels/index.as.ts';

/** The two builds: SIMD that every engine has, and relaxed SIMD with its fused multiply-add. */
const BUILDS = [
  { name: 'simd', features: ['simd', 'threads'] },
  { name: 'relaxed-simd', features: ['simd', 'threads', 'relaxed-simd'] },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? `${root}training/wasm`;
await mkdir(folder, { recursive: true });
for (const { name, features } of BUILDS) {
  const { error, stderr } = await asc.main([
    `${root}${SOURCE}`,
    ...['--outFile', `${folder}/kernels-${name}.wasm`],
    ...['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--use', 'abort='],
    // 65,536 pages are the 4 GiB that a 32-bit address reaches; what a run needs is asked for when it starts.
    ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
    ...['--disableWarning', '112'],
    ...features.flatMap((feature) => ['--enable', feature]),
  ]);
  process.stderr.write(stderr.toString());
  if (error !== null) throw error;
}
