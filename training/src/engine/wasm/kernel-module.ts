import { readFile } from 'node:fs/promises';
import { InkError } from '@inkcast/shared/errors';

/** The compiled kernels, and which of the two builds they are. */
export interface KernelModule {
  readonly build: KernelBuild;
  readonly module: WebAssembly.Module;
}

/** `wasm-relaxed-simd` has fused multiply-add: faster, and with other last bits. */
export type KernelBuild = 'wasm-simd' | 'wasm-relaxed-simd';

const FILES: Readonly<Record<KernelBuild, string>> = {
  'wasm-simd': 'kernels-simd.wasm',
  'wasm-relaxed-simd': 'kernels-relaxed-simd.wasm',
};

/** Compiles the fastest build that this engine can run, or the one that is asked for. */
export async function loadKernels(wanted?: KernelBuild): Promise<KernelModule> {
  const builds: readonly KernelBuild[] = wanted === undefined ? ['wasm-relaxed-simd', 'wasm-simd'] : [wanted];
  for (const build of builds) {
    const bytes = await readFile(new URL(`../../../wasm/${FILES[build]}`, import.meta.url));
    if (WebAssembly.validate(bytes)) return { build, module: await WebAssembly.compile(bytes) };
  }
  throw new InkError('INK_ENGINE_FAILED', 'This Node.js cannot run WebAssembly with SIMD and threads.');
}
