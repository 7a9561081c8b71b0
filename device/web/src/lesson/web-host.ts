import { type EngineHost, type KernelBuild, kernelCode, type StartThread } from '@inkcast/training/engine/portable';
import { load } from '../sketch/index.js';

/**
 * The browser as what an engine runs on: one Web Worker per processor where the page is isolated from other origins. A plain
 * server of files does not say so, and workers share no memory then: the engine computes in the thread of its caller.
 */
export const webHost = (): EngineHost => ({
  threads: navigator.hardwareConcurrency,
  compile,
  startThread: crossOriginIsolated ? startThread : undefined,
});

async function compile(build: KernelBuild): Promise<WebAssembly.Module | undefined> {
  const bytes = await load(kernelCode(build).href);
  return WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : undefined;
}

const startThread: StartThread = (task, listener) => {
  const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }) => listener.told(data));
  worker.addEventListener('error', ({ message }) => listener.failed(new Error(message)));
  worker.postMessage(task);
  return { stop: async () => worker.terminate() };
};
