import { once } from 'node:events';
import { setPriority } from 'node:os';
import { asInkError, bodyOf, InkError } from '@inkcast/shared/errors';
import { type LearningMessage, type LearningTask, learningTaskSchema } from '@inkcast/shared/teaching';
import { type Dataset, readMnistTest } from '@inkcast/training/data';
import { learn, openModelIn, openNodeTools, readCrops } from '../learn/index.js';
import { secondLook } from '../second-look/index.js';

// The entry of a learning process. The device starts it with child_process.fork and sends one task; the process answers
// with messages and ends. It imports nothing of the device.

/** Errors that say that it cannot be done as things are. */
const REFUSALS: readonly string[] = ['INK_OUT_OF_MEMORY', 'INK_LEARNING_TOO_FEW', 'INK_REPLAY_MISSING'];
const DEFAULT_NICENESS = 10;
const KIBIBYTE = 1024;
/** The exit code of a process that was told to end, as of one that SIGTERM ended. */
const TERMINATED = 143;

async function main(): Promise<void> {
  const cancelled = new AbortController();
  const cancel = (): void => cancelled.abort();
  process.once('SIGTERM', cancel);
  // Ctrl-C reaches all processes of a terminal; the one that started this decides.
  process.on('SIGINT', () => {});
  process.once('disconnect', cancel);
  const [received]: unknown[] = await once(process, 'message');
  const answer = await answerTo(received, cancelled.signal).catch((error: unknown) => {
    if (cancelled.signal.aborted) return undefined;
    return failure(asInkError(error));
  });
  if (answer === undefined) process.exit(TERMINATED);
  await send(answer);
  process.disconnect();
}

async function answerTo(received: unknown, signal: AbortSignal): Promise<LearningMessage> {
  const parsed = learningTaskSchema.safeParse(received);
  if (!parsed.success) throw new InkError('INK_USAGE', `A learning process got no task: ${parsed.error.message}`);
  // Threads that start from here on inherit it. At 19, the lowest, a busy machine would leave nothing to learning.
  setPriority(parsed.data.niceness ?? DEFAULT_NICENESS);
  return perform(parsed.data, signal);
}

async function perform(task: LearningTask, signal: AbortSignal): Promise<LearningMessage> {
  if (task.kind === 'second-look') {
    const { crops } = await readCrops(task.crops);
    const model = await openModelIn(task.base);
    const tools = openNodeTools();
    const doubts = await secondLook(tools, model, crops).finally(() => tools.close());
    return { kind: 'doubts', doubts: [...doubts] };
  }
  const freeMemory = process.availableMemory();
  const onProgress = (progress: LearningMessage): void => {
    void send(progress);
  };
  const learned = await learn(task, { onProgress, signal, freeMemory, testPictures: readTestPictures });
  return { kind: 'done', ...learned, peakBytes: KIBIBYTE * process.resourceUsage().maxRSS };
}

/** MNIST's test pictures; undefined on a machine without them, such as a device. */
async function readTestPictures(): Promise<Dataset | undefined> {
  return readMnistTest().catch((error: unknown) => {
    if (error instanceof InkError && error.code === 'INK_DATASET_MISSING') return undefined;
    throw error;
  });
}

function failure(error: InkError): LearningMessage {
  return { kind: REFUSALS.includes(error.code) ? 'refused' : 'failed', ...bodyOf(error) };
}

function send(message: LearningMessage): Promise<void> {
  return new Promise((resolve) => {
    // The parent may have gone: then there is nobody to tell, and `disconnect` ends the work.
    if (!process.connected) resolve();
    else process.send?.(message, () => resolve());
  });
}

await main();
