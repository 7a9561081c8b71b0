import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Picture, PictureReading } from './messages.js';
import { ReadingFailure, type ReadingLink } from './reading-link.js';

/** What became of the newest picture. Each that is shown, or taken away, has the next number. */
export type TrialState = { readonly number: number } & (
  | { readonly kind: 'nothing' | 'loading' | 'reading' }
  | { readonly kind: 'read'; readonly result: PictureReading }
  | { readonly kind: 'failed'; readonly failure: ReadingFailure }
);

/** Reads the newest picture. Of those that come while one is read, only the last is read. */
export class Trial {
  readonly #link: Pick<ReadingLink, 'open' | 'read'>;
  readonly #state: Signal<TrialState> = signal({ number: 0, kind: 'nothing' });
  readonly #address: Signal<string | undefined> = signal(undefined);
  #wanted: Picture | undefined;
  #isRunning = false;

  constructor(link: Pick<ReadingLink, 'open' | 'read'>) {
    this.#link = link;
  }

  get state(): ReadonlySignal<TrialState> {
    return this.#state;
  }

  /** The address of the picture, where it is a file. */
  get address(): ReadonlySignal<string | undefined> {
    return this.#address;
  }

  /** @param picture undefined where there is nothing to read any more */
  show(picture: Picture | undefined): void {
    this.stop();
    this.#wanted = picture;
    const number = this.#state.value.number + 1;
    this.#state.value = { number, kind: picture === undefined ? 'nothing' : 'loading' };
    if (picture instanceof Blob) this.#address.value = URL.createObjectURL(picture);
    if (!this.#isRunning) void this.#readNewest();
  }

  /** Frees the picture. */
  stop(): void {
    this.#wanted = undefined;
    if (this.#address.value !== undefined) URL.revokeObjectURL(this.#address.value);
    this.#address.value = undefined;
  }

  async #readNewest(): Promise<void> {
    this.#isRunning = true;
    try {
      let picture: Picture | undefined;
      while (this.#wanted !== undefined && this.#wanted !== picture) {
        picture = this.#wanted;
        const state = await this.#read(picture);
        if (this.#wanted === picture) this.#state.value = state;
      }
    } finally {
      this.#isRunning = false;
    }
  }

  async #read(picture: Picture): Promise<TrialState> {
    const { number } = this.#state.value;
    try {
      await this.#link.open();
      if (this.#wanted === picture) this.#state.value = { number, kind: 'reading' };
      return { number, kind: 'read', result: await this.#link.read(picture) };
    } catch (error) {
      if (error instanceof ReadingFailure) return { number, kind: 'failed', failure: error };
      throw error;
    }
  }
}
