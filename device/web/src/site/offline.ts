import { type ReadonlySignal, type Signal, signal } from '@preact/signals';

/** `asking` until the browser has kept every file, or has said that it does not. */
export type OfflineState = 'asking' | 'kept' | 'refused';

/** Keeps the site in the browser, so that it works without its server and can be installed. */
export class Offline {
  readonly #state: Signal<OfflineState> = signal('asking');

  get state(): ReadonlySignal<OfflineState> {
    return this.#state;
  }

  /** Where the browser refuses, the site works with its server only, and the page says so. */
  async start(): Promise<void> {
    // Browsers have service workers in secure contexts only.
    const workers = isSecureContext ? navigator.serviceWorker : undefined;
    if (workers === undefined) {
      this.#state.value = 'refused';
      return;
    }
    try {
      await workers.register(new URL('service-worker.js', document.baseURI));
    } catch {
      this.#state.value = 'refused';
      return;
    }
    await workers.ready;
    this.#state.value = 'kept';
  }
}
