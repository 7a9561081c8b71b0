import { fork } from 'node:child_process';
import { InkError } from '@inkcast/shared/errors';
import { z } from 'zod';

export interface CoralTrial {
  /** The bundle's model_edgetpu.tflite. */
  readonly model: Uint8Array;
  /** Path of a libtensorflowlite_c.so; default: the one that ships. */
  readonly tflite?: string | undefined;
  /** Name or path of libedgetpu. */
  readonly edgeTpu: string;
  /** Default 20,000, because the first use of a stick loads its firmware. */
  readonly timeoutMs?: number;
}

/** The child's message before it ends. */
export const trialAnswerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ok') }),
  z.object({
    status: z.literal('refused'),
    code: z.enum(['INK_CORAL_LIBRARY', 'INK_CORAL_FAILED']),
    message: z.string(),
  }),
]);

export type TrialAnswer = z.infer<typeof trialAnswerSchema>;

const TIMEOUT_MS = 20_000;

/**
 * Loads the model onto the accelerator and runs it once in a separate process, because a crash of the driver, such as a
 * segmentation fault, cannot be caught.
 *
 * @throws InkError INK_CORAL_LIBRARY, INK_CORAL_FAILED with the reason why this process must not try
 */
export async function tryCoral(trial: CoralTrial, signal: AbortSignal): Promise<void> {
  const child = fork(new URL('./coral-trial-child.js', import.meta.url), {
    serialization: 'advanced',
    // The libraries' own output would appear in the daemon's log without a level or time.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    signal: AbortSignal.any([signal, AbortSignal.timeout(trial.timeoutMs ?? TIMEOUT_MS)]),
    killSignal: 'SIGKILL',
  });
  let answer: TrialAnswer | undefined;
  let failure: Error | undefined;
  child.on('message', (message) => {
    answer = trialAnswerSchema.parse(message);
  });
  child.on('error', (error) => {
    failure = error;
  });
  // A child that has already died takes no message; its exit tells why.
  child.send({ model: trial.model, tflite: trial.tflite, edgeTpu: trial.edgeTpu }, () => {});
  const [exitCode, killedBy] = await ended(child);
  if (answer?.status === 'refused') throw new InkError(answer.code, answer.message);
  if (answer?.status === 'ok' && exitCode === 0) return;
  const reason =
    failure?.name === 'AbortError' ? 'did not come to an end' : `ended by ${killedBy ?? `exit code ${exitCode}`}`;
  throw new InkError('INK_CORAL_FAILED', `The Coral accelerator was tried in a process of its own, which ${reason}.`);
}

function ended(child: ReturnType<typeof fork>): Promise<[number | null, NodeJS.Signals | null]> {
  // A process that could not be started has no pid and never exits.
  if (child.pid === undefined) return Promise.resolve([null, null]);
  return new Promise((resolve) => child.once('exit', (code, killedBy) => resolve([code, killedBy])));
}
