import type { Picture } from '../sketch/index.js';
import type { BundleFiles, Look, LookAnswer, LookQuestion } from './messages.js';

/** Reads pictures in a worker of the tab, which starts with the first of them. */
export class LookLink {
  readonly #bundle: string;
  readonly #waiting = new Map<number, { resolve(answer: LookAnswer): void; reject(error: Error): void }>();
  #worker: Worker | undefined;
  #last = 0;

  /** @param bundle address of the shipped bundle */
  constructor(bundle: string) {
    this.#bundle = bundle;
  }

  /** @throws Error with a sentence if the picture cannot be read */
  async read(picture: Picture): Promise<Look> {
    const answer = await this.#ask((id) => ({ id, kind: 'read', bundle: this.#bundle, picture }));
    if (answer.kind === 'read') return answer.look;
    throw new Error('The reader gave no reading.');
  }

  /** Reads with a taught model, too, from now on. @throws Error with a sentence if it cannot be opened */
  async use(files: BundleFiles): Promise<void> {
    await this.#ask((id) => ({ id, kind: 'use', files }));
  }

  #ask(question: (id: number) => LookQuestion): Promise<LookAnswer> {
    const worker = this.#started();
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage(question(id));
    });
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./look-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<LookAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.kind === 'failed') waiting?.reject(new Error(data.message));
      else waiting?.resolve(data);
    });
    worker.addEventListener('error', ({ message }) => {
      worker.terminate();
      this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(new Error(message));
      this.#waiting.clear();
    });
    this.#worker = worker;
    return worker;
  }
}
