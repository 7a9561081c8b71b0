// What of the engine runs without Node.js: the whole of it, on a platform that the caller describes.
export type { Batch } from '../batch.js';
export { createEngineOn } from '../create-engine.js';
export type { Engine, EngineOptions, KernelBuild, Weights } from '../engine.js';
export type { Schedule } from '../schedule.js';
export type { EngineHost, EngineThread, StartThread, ThreadListener, ThreadMessage } from '../wasm/engine-host.js';
export { kernelCode } from '../wasm/kernel-module.js';
export { serveRuns } from '../wasm/serve-runs.js';
export type { WorkerTask } from '../wasm/worker-task.js';
