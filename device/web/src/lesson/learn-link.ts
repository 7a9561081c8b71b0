import type { Doubt, LabelledCrop, LearningProgress } from '@inkcast/shared/teaching';
import type { LearnAnswer, LearnQuestion, Taught } from './messages.js';

/** Why nothing was learned. */
export class LearningFailure extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'LearningFailure';
    this.remedy = remedy;
  }
}

/** Learns in a worker of the tab, one task after the other. */
export class LearnLink {
  readonly #bundle: string;
  #cancel: (() => void) | undefined;

  /** @param bundle address of the shipped bundle, with what learning needs of it */
  constructor(bundle: string) {
    this.#bundle = bundle;
  }

  /**
   * The labels that the model contradicts with confidence.
   *
   * @returns undefined if it was cancelled
   * @throws LearningFailure
   */
  async secondLook(crops: readonly LabelledCrop[]): Promise<readonly Doubt[] | undefined> {
    const answer = await this.#ask({ kind: 'second-look', bundle: this.#bundle, crops });
    return answer?.kind === 'doubts' ? answer.doubts : undefined;
  }

  /** @returns undefined if it was cancelled @throws LearningFailure */
  async learn(
    crops: readonly LabelledCrop[],
    { number, seed }: { readonly number: number; readonly seed: number },
    onProgress: (progress: LearningProgress) => void,
  ): Promise<Taught | undefined> {
    const answer = await this.#ask({ kind: 'learn', bundle: this.#bundle, crops, number, seed }, onProgress);
    return answer?.kind === 'taught' ? answer.taught : undefined;
  }

  /** Ends what is going on. Nothing is left of it. */
  cancel(): void {
    this.#cancel?.();
  }

  /** @returns undefined if it was cancelled */
  #ask(
    question: LearnQuestion,
    onProgress: (progress: LearningProgress) => void = () => {},
  ): Promise<Exclude<LearnAnswer, LearningProgress> | undefined> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./learn-worker.ts', import.meta.url), { type: 'module' });
      const end = (): void => {
        worker.terminate();
        this.#cancel = undefined;
      };
      this.#cancel = () => {
        end();
        resolve(undefined);
      };
      worker.addEventListener('message', ({ data }: MessageEvent<LearnAnswer>) => {
        if (data.kind === 'progress') {
          onProgress(data);
          return;
        }
        end();
        if (data.kind === 'failed') reject(new LearningFailure(data.message, data.remedy));
        else resolve(data);
      });
      worker.addEventListener('error', ({ message }) => {
        end();
        reject(new LearningFailure(message ?? 'The worker cannot be loaded.', ''));
      });
      worker.postMessage(question);
    });
  }
}
