import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Api, DeviceState } from '../api/index.js';

const INTERVAL_MS = 2000;

/** Asks how the device is, again and again while the page is seen. */
export class StateWatch {
  readonly #api: Api;
  readonly #state: Signal<DeviceState | undefined> = signal(undefined);
  readonly #unreachable = signal(false);
  #timer: number | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** As it was said last; undefined before the first time. */
  get state(): ReadonlySignal<DeviceState | undefined> {
    return this.#state;
  }

  get unreachable(): ReadonlySignal<boolean> {
    return this.#unreachable;
  }

  start(): void {
    this.#timer = window.setInterval(() => {
      if (!document.hidden) void this.refresh();
    }, INTERVAL_MS);
    void this.refresh();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async refresh(): Promise<void> {
    try {
      this.#state.value = await this.#api.get<DeviceState>('state', undefined, AbortSignal.timeout(2 * INTERVAL_MS));
      this.#unreachable.value = false;
    } catch {
      this.#unreachable.value = true;
    }
  }
}
