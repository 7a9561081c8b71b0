import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Api, asApiError, type SessionMessage } from '../api/index.js';

const RETRY_MS = 2000;

/** Who looks at the page, and what they may do. */
export class Access {
  readonly #api: Api;
  readonly #session: Signal<SessionMessage | undefined> = signal(undefined);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Undefined until the device has said. */
  get session(): ReadonlySignal<SessionMessage | undefined> {
    return this.#session;
  }

  get mayChange(): boolean {
    return this.#session.value?.role === 'admin';
  }

  /** False as well until the device has said who looks. */
  get mayOnlyLook(): boolean {
    return this.#session.value !== undefined && !this.mayChange;
  }

  /** Asks until the device has said. */
  async load(): Promise<void> {
    while (this.#session.value === undefined) {
      try {
        const session = await this.#api.get<SessionMessage>('session');
        this.#api.csrfToken = session.csrfToken;
        this.#session.value = session;
      } catch (error) {
        asApiError(error);
        await new Promise((resume) => setTimeout(resume, RETRY_MS));
      }
    }
  }

  /** @throws ApiError */
  async logout(): Promise<void> {
    await this.#api.send('POST', 'logout');
    this.#api.leave();
  }
}
