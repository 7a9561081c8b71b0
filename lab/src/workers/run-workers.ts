import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InkError } from '@inkcast/shared/errors';

/** The work for several threads. */
export interface WorkerRun<Report> {
  /** The module of each thread. It gets a task as its `workerData`. */
  readonly module: URL;
  readonly tasks: readonly unknown[];
  /** Number of threads at the same time. */
  readonly jobs: number;
  /** Stops the threads. */
  readonly signal?: AbortSignal | undefined;
  /** @param task the index of the task */
  readonly onReport: (report: Report, task: number) => void;
}

/**
 * Runs one thread per task, several at the same time.
 *
 * @throws InkError INK_INTERNAL with the cause if a thread failed, or the reason of an aborted signal. The other threads
 * are stopped first.
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
