import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InkError } from '@inkcast/shared/errors';
import {
  type LearningMessage,
  type LearningProgress,
  type LearningTask,
  learningMessageSchema,
} from '@inkcast/shared/teaching';

/** The last message of a learning process. */
export type LearningResult = Exclude<LearningMessage, LearningProgress>;

export interface LearningOptions {
  readonly onProgress?: (progress: LearningProgress) => void;
  /** Ends the process; nothing is left of its work. */
  readonly signal?: AbortSignal;
}

/** The end of standard error that an error tells. */
const MAX_STDERR = 2000;

/**
 * Starts a learning process, gives it a task and waits for its result. The process runs at a low priority, unless the
 * task says another one, and ends with this one.
 *
 * @throws InkError INK_LEARNING_UNAVAILABLE if it is not installed, INK_LEARNING_ENDED if it ends without a result; what `signal` is aborted with
 */
export async function runLearning(
  task: LearningTask,
  { onProgress = () => {}, signal }: LearningOptions = {},
): Promise<LearningResult> {
  signal?.throwIfAborted();
  const child = fork(learningProcess(), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const cancel = (): void => {
    child.kill('SIGTERM');
  };
  signal?.addEventListener('abort', cancel);
  try {
    const result = await resultOf(child, task, onProgress);
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** The program of the learning process. It is found by its name, and never loaded into this process. */
function learningProcess(): string {
  try {
    return fileURLToPath(import.meta.resolve('@inkcast/learning/process'));
  } catch (cause) {
    throw new InkError('INK_LEARNING_UNAVAILABLE', 'The package @inkcast/learning is not there.', { cause });
  }
}

function resultOf(
  child: ChildProcess,
  task: LearningTask,
  onProgress: (progress: LearningProgress) => void,
): Promise<LearningResult> {
  return new Promise((resolve, reject) => {
    let result: LearningResult | undefined;
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MAX_STDERR);
    });
    child.on('message', (received) => {
      const parsed = learningMessageSchema.safeParse(received);
      if (!parsed.success) reject(ended(`said something unknown: ${parsed.error.message}`));
      else if (parsed.data.kind === 'progress') onProgress(parsed.data);
      else result = parsed.data;
    });
    child.on('error', (cause) => reject(ended(`could not be started: ${cause.message}`)));
    // Only now its output is complete, and its memory is free.
    child.on('close', (code, signal) => {
      if (result !== undefined) resolve(result);
      else reject(ended(`ended with ${signal ?? `code ${code}`}`, stderr));
    });
    child.send(task, (error) => {
      if (error !== null) child.kill('SIGTERM');
    });
  });
}

const ended = (how: string, details?: string): InkError =>
  new InkError('INK_LEARNING_ENDED', `The learning process ${how}.`, details === undefined ? {} : { details });
