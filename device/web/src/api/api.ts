import { ApiError, type ErrorBody } from './api-error.js';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Requests to the device that serves the page. */
export class Api {
  readonly #base: string;
  readonly #onLoggedOut: () => void;
  #csrfToken: string | null = null;
  #hasLeft = false;

  /**
   * @param base of relative addresses: the page's own
   * @param onLoggedOut told when the device wants a login
   */
  constructor(base: string, onLoggedOut: () => void) {
    this.#base = base;
    this.#onLoggedOut = onLoggedOut;
  }

  /** Goes to the login, once: requests that are on their way will be refused too. */
  leave(): void {
    if (!this.#hasLeft) this.#onLoggedOut();
    this.#hasLeft = true;
  }

  /** What requests that change something show to prove that they come from this page. */
  set csrfToken(token: string | null) {
    this.#csrfToken = token;
  }

  url(path: string, query: Query = {}): string {
    const url = new URL(`api/${path}`, this.#base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  socketUrl(path: string): string {
    const url = new URL(this.url(path));
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
  }

  /** @throws ApiError */
  async get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    const answer = await this.#fetch(this.url(path, query), signal === undefined ? {} : { signal });
    return answer.json();
  }

  /** A picture and the headers it came with. @throws ApiError */
  async picture(path: string, query?: Query): Promise<{ readonly blob: Blob; readonly headers: Headers }> {
    const answer = await this.#fetch(this.url(path, query), {});
    return { blob: await answer.blob(), headers: answer.headers };
  }

  /** @throws ApiError */
  async send<T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    return body === undefined
      ? this.#change(method, path, {}, {})
      : this.#change(method, path, { 'content-type': 'application/json' }, { body: JSON.stringify(body) });
  }

  /** Sends files, as a form does. @throws ApiError */
  async upload<T>(path: string, files: readonly File[]): Promise<T> {
    const body = new FormData();
    for (const file of files) body.append('file', file);
    // The browser itself says the type, with the border between the parts.
    return this.#change('POST', path, {}, { body });
  }

  async #change<T>(method: string, path: string, names: Record<string, string>, content: RequestInit): Promise<T> {
    const headers = new Headers(names);
    if (this.#csrfToken !== null) headers.set('x-csrf-token', this.#csrfToken);
    const answer = await this.#fetch(this.url(path), { method, headers, ...content });
    const text = await answer.text();
    return JSON.parse(text === '' ? 'null' : text);
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(url, { cache: 'no-store', credentials: 'same-origin', ...init });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ApiError(0, {});
    }
    if (answer.ok) return answer;
    if (answer.status === 401) this.leave();
    throw new ApiError(answer.status, await errorBody(answer));
  }
}

/** A proxy in between may answer with something else than JSON. */
async function errorBody(answer: Response): Promise<ErrorBody> {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}
