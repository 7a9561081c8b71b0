import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Api, type ApiError, asApiError, type RegionPreview } from '../api/index.js';
import { type Area, storedExpect, storedShape } from './areas.js';

/** A drag changes the shape with every pixel. */
const QUIET_MS = 400;

export type PreviewState =
  | { readonly kind: 'none' }
  | { readonly kind: 'seen'; readonly preview: RegionPreview }
  | { readonly kind: 'failed'; readonly error: ApiError };

/** Asks what would be seen and read through an area, once it has been at rest; the newest question counts. */
export class Preview {
  readonly #api: Api;
  readonly #state: Signal<PreviewState> = signal({ kind: 'none' });
  #timer: number | undefined;
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  get state(): ReadonlySignal<PreviewState> {
    return this.#state;
  }

  show(area: Area): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(area), QUIET_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  async #ask(area: Area): Promise<void> {
    this.#asked += 1;
    const number = this.#asked;
    const expect = storedExpect(area);
    const question = { ...storedShape(area.shape), ...(expect === undefined ? {} : { expect }) };
    let state: PreviewState;
    try {
      state = { kind: 'seen', preview: await this.#api.send<RegionPreview>('POST', 'regions/preview', question) };
    } catch (error) {
      state = { kind: 'failed', error: asApiError(error) };
    }
    if (number === this.#asked) this.#state.value = state;
  }
}
