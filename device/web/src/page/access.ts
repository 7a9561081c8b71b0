import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Api, Session, Settings } from '../api/index.js';

/** Who looks at the page, and what they may do. */
export class Access {
  readonly #api: Api;
  readonly #session: Signal<Session | undefined> = signal(undefined);
  readonly #isFirstVisit = signal(false);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Undefined until the device has said. */
  get session(): ReadonlySignal<Session | undefined> {
    return this.#session;
  }

  get mayChange(): boolean {
    return this.#session.value?.role === 'admin';
  }

  /** Whether the device has no configuration file yet. */
  get isFirstVisit(): boolean {
    return this.#isFirstVisit.value;
  }

  /** @throws ApiError */
  async load(): Promise<void> {
    const session = await this.#api.get<Session>('session');
    this.#api.csrfToken = session.csrfToken;
    this.#session.value = session;
    const { file } = await this.#api.get<Settings>('settings');
    this.#isFirstVisit.value = file === null;
  }

  /** @throws ApiError */
  async logout(): Promise<void> {
    await this.#api.send('POST', 'logout');
  }
}
