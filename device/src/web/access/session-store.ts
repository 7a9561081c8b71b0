import type { Session } from 'fastify';

/** No device has more people; beyond it the session that was used longest ago ends. */
const MAX_SESSIONS = 1000;

type Callback = (error?: Error) => void;

/** Sessions in memory, in the order of their last use: they end with the daemon, and never become more than so many. */
export class SessionStore {
  readonly #sessions = new Map<string, Session>();

  set(id: string, session: Session, callback: Callback): void {
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS) this.#sessions.delete(oldest);
    callback();
  }

  get(id: string, callback: (error: null, session?: Session | null) => void): void {
    const session = this.#sessions.get(id);
    if (session !== undefined) {
      this.#sessions.delete(id);
      this.#sessions.set(id, session);
    }
    callback(null, session ?? null);
  }

  has(id: string): boolean {
    return this.#sessions.has(id);
  }

  destroy(id: string, callback: Callback): void {
    this.#sessions.delete(id);
    callback();
  }
}
