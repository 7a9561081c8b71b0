import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Api, type ApiError, asApiError } from '../api/index.js';

/** The newest frame, held still to be drawn on. */
export class StillPicture {
  readonly #api: Api;
  readonly #url: Signal<string | undefined> = signal(undefined);
  readonly #problem: Signal<ApiError | undefined> = signal(undefined);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Address of the picture within the browser; undefined before there is one. */
  get url(): ReadonlySignal<string | undefined> {
    return this.#url;
  }

  get problem(): ReadonlySignal<ApiError | undefined> {
    return this.#problem;
  }

  async refresh(): Promise<void> {
    try {
      const { blob } = await this.#api.picture('snapshot', { annotated: false });
      this.stop();
      this.#url.value = URL.createObjectURL(blob);
      this.#problem.value = undefined;
    } catch (error) {
      this.#problem.value = asApiError(error);
    }
  }

  /** Frees the picture. */
  stop(): void {
    if (this.#url.value !== undefined) URL.revokeObjectURL(this.#url.value);
    this.#url.value = undefined;
  }
}
