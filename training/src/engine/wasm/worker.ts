import { parentPort, workerData } from 'node:worker_threads';
import { type BoundPhase, bindPrograms } from './bound-program.js';
import { Barrier, CONTROL, CONTROL_OFFSET } from './control.js';
import { SHARDS } from './shards.js';
import type { WorkerTask } from './worker-pool.js';

/** Runs one worker's part of every program until it is asked to end. The first worker tells when a run is done. */
function work({ module, memory, map, programs, counts, worker, workers }: WorkerTask): void {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const control = new Int32Array(memory.buffer, CONTROL_OFFSET, CONTROL.first + programs.length);
  const images = new Int32Array(memory.buffer, map.common + counts, SHARDS);
  const barrier = new Barrier(control, workers);
  const bound = bindPrograms(programs, instance, map, worker);
  parentPort?.postMessage('ready');
  let run = 0;
  for (;;) {
    while (Atomics.load(control, CONTROL.run) === run) Atomics.wait(control, CONTROL.run, run);
    run = Atomics.load(control, CONTROL.run);
    const asked = Atomics.load(control, CONTROL.programs);
    if (asked < 0) return;
    for (let index = 0; index < asked; index++) {
      for (const phase of bound[Atomics.load(control, CONTROL.first + index)]) {
        runPhase(phase, barrier, images);
        barrier.wait();
      }
    }
    if (worker === 0) parentPort?.postMessage('done');
  }
}

function runPhase({ kind, lists }: BoundPhase, barrier: Barrier, images: Int32Array): void {
  for (let index = barrier.take(); index < lists.length; index = barrier.take()) {
    const count = kind === 'shards' ? images[index] : 0;
    for (const { kernel, args } of lists[index]) kernel(count, ...args);
  }
}

work(workerData);
