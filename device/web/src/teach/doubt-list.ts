import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Api, type ApiError, asApiError, type TeachDoubt } from '../api/index.js';

/** The second look: labels that the model contradicts, before anything is learned from them. */
export class DoubtList {
  readonly #api: Api;
  readonly #onSettled: () => void;
  readonly #doubts: Signal<readonly TeachDoubt[]> = signal([]);
  readonly #problem: Signal<ApiError | undefined> = signal(undefined);
  readonly #isLooking = signal(false);
  #isSending = false;

  /** @param onSettled told once none is left of those that were looked for */
  constructor(api: Api, onSettled: () => void) {
    this.#api = api;
    this.#onSettled = onSettled;
  }

  /** Empty where there is none, or where nobody has looked. */
  get doubts(): ReadonlySignal<readonly TeachDoubt[]> {
    return this.#doubts;
  }

  get problem(): ReadonlySignal<ApiError | undefined> {
    return this.#problem;
  }

  /** While the device compares labels with its model. */
  get isLooking(): boolean {
    return this.#isLooking.value;
  }

  async look(): Promise<void> {
    this.#isLooking.value = true;
    await this.#attempt(() => this.#load());
    this.#isLooking.value = false;
  }

  /** The same label as before keeps it; null takes it away. */
  async give(label: string | null): Promise<void> {
    const doubt = this.#doubts.value.at(0);
    if (doubt === undefined || this.#isSending) return;
    const ids = [doubt.id];
    this.#isSending = true;
    await this.#attempt(async () => {
      if (label === doubt.label) await this.#api.send('POST', 'teach/confirm', { ids });
      else await this.#api.send('POST', 'teach/label', label === null ? { ids, skip: true } : { ids, label });
      this.#doubts.value = this.#doubts.value.filter(({ id }) => id !== doubt.id);
      if (this.#doubts.value.length === 0) this.#onSettled();
    });
    this.#isSending = false;
  }

  async undo(): Promise<void> {
    await this.#attempt(async () => {
      await this.#api.send('POST', 'teach/undo');
      await this.#load();
    });
  }

  /** Leaves all as they are; nothing is learned. */
  leave(): void {
    this.#doubts.value = [];
  }

  async #load(): Promise<void> {
    const { crops } = await this.#api.get<{ readonly crops: readonly TeachDoubt[] }>('teach/doubts');
    this.#doubts.value = crops;
    if (crops.length === 0) this.#onSettled();
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#problem.value = undefined;
    } catch (error) {
      this.#problem.value = asApiError(error);
    }
  }
}
