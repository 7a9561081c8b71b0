import type { Answer, ModelPlaces, Picture, PictureReading, Question } from './messages.js';

/** Why a picture was not read. */
export class ReadingFailure extends Error {
  /** Of the catalogue of errors. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ReadingFailure';
    this.code = code;
  }
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: ReadingFailure): void;
}

type Body = Question extends infer Each ? (Each extends Question ? Omit<Each, 'id'> : never) : never;

/** The reader in a worker of the tab. The worker starts with the first picture. */
export class ReadingLink {
  readonly #places: ModelPlaces;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #opened: Promise<Answer> | undefined;
  #last = 0;

  constructor(places: ModelPlaces) {
    this.#places = places;
  }

  /** Loads the reader, where that has not been done. @throws ReadingFailure */
  async open(): Promise<void> {
    this.#opened ??= this.#ask({ kind: 'open', places: this.#places });
    try {
      await this.#opened;
    } catch (error) {
      // The next picture tries again.
      this.#opened = undefined;
      throw error;
    }
  }

  /** @throws ReadingFailure if the reader cannot be loaded, or cannot read this picture */
  async read(picture: Picture): Promise<PictureReading> {
    await this.open();
    const answer = await this.#ask({ kind: 'read', picture });
    if (answer.kind !== 'read') throw new ReadingFailure('INK_INTERNAL', 'The reader gave no reading.');
    return answer.result;
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#opened = undefined;
    this.#failAll(new ReadingFailure('INK_INTERNAL', 'The reader was stopped.'));
  }

  #ask(body: Body): Promise<Answer> {
    const worker = this.#started();
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...body });
    });
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.kind === 'failed') waiting?.reject(new ReadingFailure(data.code, data.message));
      else waiting?.resolve(data);
    });
    worker.addEventListener('error', ({ message }) => {
      worker.terminate();
      this.#worker = undefined;
      this.#opened = undefined;
      this.#failAll(new ReadingFailure('INK_INTERNAL', message ?? 'The reader cannot be loaded.'));
    });
    this.#worker = worker;
    return worker;
  }

  #failAll(failure: ReadingFailure): void {
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
  }
}
