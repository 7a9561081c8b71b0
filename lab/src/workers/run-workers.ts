import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';

/** What threads are to do. */
export interface WorkerRun<Report> {
  /** The module that each runs; it gets a task as its `workerData`. */
  readonly module: URL;
  readonly tasks: readonly unknown[];
  /** Threads at once. */
  readonly jobs: number;
  /** Ends the threads. */
  readonly signal?: AbortSignal | undefined;
  /** @param task its place among the tasks */
  readonly onReport: (report: Report, task: number) => void;
}

/**
 * Runs one thread a task, a few at once.
 *
 * @throws InkError INK_INTERNAL with what a thread failed of; the signal's reason where it was aborted. The other threads
 * are ended first.
 */
export async function runWorkers<Report>({ module, tasks, jobs, signal, onReport }: WorkerRun<Report>): Promise<void> {
  const running = new Set<Worker>();
  const waiting = [...tasks.entries()];
  const endAll = async (): Promise<void> => {
    waiting.length = 0;
    await Promise.all([...running].map((worker) => worker.terminate()));
  };
  const workNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, workerData] = next;
      const worker = new Worker(module, { workerData });
      running.add(worker);
      worker.on('message', (report: Report) => onReport(report, place));
      const [code] = await once(worker, 'exit');
      running.delete(worker);
      if (code !== 0 && signal?.aborted !== true) throw new InkError('INK_INTERNAL', `A thread ended with ${code}.`);
    }
  };
  signal?.throwIfAborted();
  signal?.addEventListener('abort', endAll);
  try {
    await Promise.all(Array.from({ length: jobs }, workNext));
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', endAll);
    await endAll();
  }
}
