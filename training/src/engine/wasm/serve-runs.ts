import { CONTROL } from './control.js';
import type { ThreadMessage } from './engine-host.js';
import { controlOf, WorkerPart } from './worker-part.js';
import type { WorkerTask } from './worker-task.js';

/**
 * Runs one worker's part of every run, until the thread is ended. It blocks its thread. The first worker tells when a run
 * is done.
 */
export function serveRuns(task: WorkerTask, tell: (message: ThreadMessage) => void): void {
  const part = new WorkerPart(task);
  const control = controlOf(task);
  tell('ready');
  let run = 0;
  for (;;) {
    while (Atomics.load(control, CONTROL.run) === run) Atomics.wait(control, CONTROL.run, run);
    run = Atomics.load(control, CONTROL.run);
    part.run();
    if (task.worker === 0) tell('done');
  }
}
