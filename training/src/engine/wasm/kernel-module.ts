import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { InkError } from '@inkcast/shared/errors';
import type { KernelBuild } from '../engine.js';

/** The compiled kernels and their build. */
export interface KernelModule {
  readonly build: KernelBuild;
  readonly module: WebAssembly.Module;
}

/** Node.js 20 has relaxed SIMD complete, but behind this flag of V8; from Node.js 22 on it needs none. */
const RELAXED_SIMD_FLAG = '--experimental-wasm-relaxed-simd';

/**
 * Compiles the fastest build that this Node.js can run, or the requested build.
 *
 * @throws InkError INK_ENGINE_FAILED if it can run none of them
 */
export async function loadKernels(wanted?: KernelBuild): Promise<KernelModule> {
  const builds: readonly KernelBuild[] = wanted === undefined ? ['relaxed-simd', 'simd'] : [wanted];
  for (const build of builds) {
    const bytes = await readFile(new URL(`../../../wasm/kernels-${build}.wasm`, import.meta.url));
    if (build === 'relaxed-simd' && !WebAssembly.validate(bytes)) setFlagsFromString(RELAXED_SIMD_FLAG);
    if (WebAssembly.validate(bytes)) return { build, module: await WebAssembly.compile(bytes) };
  }
  throw new InkError('INK_ENGINE_FAILED', `This Node.js cannot run the kernels (${builds.join(', ')}).`);
}
