import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { KernelBuild } from '../engine.js';
import type { EngineHost, EngineThread, ThreadListener } from '../wasm/engine-host.js';
import { kernelCode } from '../wasm/kernel-module.js';
import type { WorkerTask } from '../wasm/worker-task.js';

/** Node.js 20 has relaxed SIMD complete, but behind this flag of V8; from Node.js 22 on it needs none. */
const RELAXED_SIMD_FLAG = '--experimental-wasm-relaxed-simd';

/** Node.js: one worker thread per core. */
export const nodeHost = (): EngineHost => ({ threads: availableParallelism(), compile, startThread });

async function compile(build: KernelBuild): Promise<WebAssembly.Module | undefined> {
  const bytes = await readFile(kernelCode(build));
  if (build === 'relaxed-simd' && !WebAssembly.validate(bytes)) setFlagsFromString(RELAXED_SIMD_FLAG);
  return WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : undefined;
}

function startThread(task: WorkerTask, listener: ThreadListener): EngineThread {
  const thread = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
  thread.on('error', (cause) => listener.failed(cause));
  thread.on('message', (message) => listener.told(message));
  return {
    stop: async () => {
      await thread.terminate();
    },
  };
}
