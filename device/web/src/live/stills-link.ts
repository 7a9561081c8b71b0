import type { Api } from '../api/index.js';

/** @param isNew whether it is another frame than the one before */
export type ShowStill = (picture: ImageBitmap, isNew: boolean) => void;

const PULL_MS = 1000;

/** Pulls single pictures, one after the other. */
export class StillsLink {
  readonly #api: Api;
  readonly #show: ShowStill;
  #running: AbortController | undefined;
  #lastFrame: string | null = null;

  constructor(api: Api, show: ShowStill) {
    this.#api = api;
    this.#show = show;
  }

  /** Does nothing where it is running. */
  start(): void {
    if (this.#running !== undefined) return;
    this.#running = new AbortController();
    void this.#pull(this.#running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #pull(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      try {
        const { blob, headers } = await this.#api.picture('snapshot', { annotated: true });
        const picture = await createImageBitmap(blob);
        if (stopped.aborted) {
          picture.close();
          return;
        }
        const frame = headers.get('x-inkcast-frame');
        this.#show(picture, frame === null || frame !== this.#lastFrame);
        this.#lastFrame = frame;
      } catch {
        // The device is asked again; the picture's age shows meanwhile that none came.
      }
      await new Promise((resume) => setTimeout(resume, PULL_MS));
    }
  }
}
