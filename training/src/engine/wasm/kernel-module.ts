import { InkError } from '@inkcast/shared/errors';
import type { KernelBuild } from '../engine.js';
import type { EngineHost } from './engine-host.js';

/** The compiled kernels and their build. */
export interface KernelModule {
  readonly build: KernelBuild;
  readonly module: WebAssembly.Module;
}

/** Where the code of a build is in this package. Node.js reads it, and a browser fetches it. */
export function kernelCode(build: KernelBuild): URL {
  // Written out, because a bundler finds only files whose whole name stands here.
  return build === 'simd'
    ? new URL('../../../wasm/kernels-simd.wasm', import.meta.url)
    : new URL('../../../wasm/kernels-relaxed-simd.wasm', import.meta.url);
}

/**
 * Compiles the fastest build that this platform can run, or the requested build.
 *
 * @throws InkError INK_ENGINE_FAILED if it can run none of them
 */
export async function loadKernels(host: EngineHost, wanted?: KernelBuild): Promise<KernelModule> {
  const builds: readonly KernelBuild[] = wanted === undefined ? ['relaxed-simd', 'simd'] : [wanted];
  for (const build of builds) {
    const module = await host.compile(build);
    if (module !== undefined) return { build, module };
  }
  throw new InkError('INK_ENGINE_FAILED', `This platform cannot run the kernels (${builds.join(', ')}).`);
}
