// `npm run build:kernels`: compiles the kernels of the training engine and those of the reader. The compiled
// files are committed, so users and tests do not need the compiler. A test compares them with their sources.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const TRAINING = 'training/src/engine/wasm/kernels/index.as.ts';
/** The maximum of 65,536 pages is the 4 GiB of 32-bit addresses. A run allocates what it needs at its start. */
const SHARED = ['--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];

/** The training engine has two builds: SIMD, which works everywhere, and relaxed SIMD with fused multiply-add. */
const BUILDS = [
  { source: TRAINING, to: 'training/wasm/kernels-simd.wasm', features: ['simd', 'threads'], memory: SHARED },
  {
    source: TRAINING,
    to: 'training/wasm/kernels-relaxed-simd.wasm',
    features: ['simd', 'threads', 'relaxed-simd'],
    memory: SHARED,
  },
  {
    source: 'reader/src/vision/kernels/index.as.ts',
    to: 'reader/wasm/vision.wasm',
    features: ['simd'],
    memory: ['--initialMemory', '1'],
  },
  {
    source: 'reader/src/engine/kernels/index.as.ts',
    to: 'reader/wasm/engine.wasm',
    features: ['simd'],
    memory: ['--initialMemory', '1'],
  },
];

/** What is used of the compiler. */
interface Compiler {
  main(args: readonly string[]): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}
// Not by its name alone: with its own types it would declare AssemblyScript's globals in place of Node's.
const compiler = 'assemblyscript/asc';
const { default: asc }: { default: Compiler } = await import(compiler);

const root = fileURLToPath(new URL('..', import.meta.url));
// A test compiles each build by itself, into another folder.
const [folder = root, only] = process.argv.slice(2);
for (const { source, to, features, memory } of BUILDS.filter(({ to }) => only === undefined || to === only)) {
  await mkdir(dirname(`${folder}/${to}`), { recursive: true });
  const { error, stderr } = await asc.main([
    `${root}${source}`,
    ...['--outFile', `${folder}/${to}`],
    ...['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--use', 'abort='],
    ...['--importMemory', ...memory],
    ...['--disableWarning', '112'],
    ...features.flatMap((feature) => ['--enable', feature]),
  ]);
  process.stderr.write(stderr.toString());
  if (error !== null) throw error;
}
