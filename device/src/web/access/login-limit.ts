import { InkError } from '@inkcast/shared/errors';

export interface LoginLimitOptions {
  /** Wrong attempts of all addresses together, at once and a second in the long run. */
  readonly burst?: number;
  readonly perSecond?: number;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

const DEFAULT_BURST = 100;
const DEFAULT_PER_SECOND = 0.2;
/** Addresses that are remembered since somebody logged in from there. */
const MAX_TRUSTED = 100;
/** Attempts that wait for the one before: each takes 32 MiB and a fifth of a second. */
const MAX_WAITING = 10;

/**
 * Slows down guessing from many addresses at once; that of one address is limited before. Only wrong attempts count, and
 * an address that somebody logged in from stays free of it, so that guessing cannot lock the owner out. No user's name is
 * ever locked.
 */
export class LoginLimit {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #trusted = new Set<string>();
  #wrong = 0;
  #countedAt = 0;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ burst, perSecond, now }: LoginLimitOptions = {}) {
    this.#burst = burst ?? DEFAULT_BURST;
    this.#perSecond = perSecond ?? DEFAULT_PER_SECOND;
    this.#now = now ?? (() => performance.now());
  }

  /**
   * Makes one attempt, after those before it.
   *
   * @param check undefined where the attempt is wrong
   * @throws InkError INK_WEB_LOGIN_LIMIT, and what `check` throws
   */
  async attempt<T>(address: string, check: () => Promise<T | undefined>): Promise<T | undefined> {
    if (this.#waiting >= MAX_WAITING) throw tooMany(1);
    const seconds = this.#secondsToWait();
    if (seconds > 0 && !this.#trusted.has(address)) throw tooMany(seconds);
    this.#waiting++;
    try {
      const turn = this.#last.then(check);
      this.#last = turn.catch(() => undefined);
      const found = await turn;
      if (found === undefined) this.#wrong++;
      else this.#trust(address);
      return found;
    } finally {
      this.#waiting--;
    }
  }

  #secondsToWait(): number {
    const now = this.#now();
    this.#wrong = Math.max(0, this.#wrong - ((now - this.#countedAt) / 1000) * this.#perSecond);
    this.#countedAt = now;
    return Math.max(0, Math.ceil((this.#wrong - this.#burst + 1) / this.#perSecond));
  }

  #trust(address: string): void {
    this.#trusted.delete(address);
    this.#trusted.add(address);
    const [oldest] = this.#trusted;
    if (this.#trusted.size > MAX_TRUSTED) this.#trusted.delete(oldest);
  }
}

function tooMany(seconds: number): InkError {
  return new InkError(
    'INK_WEB_LOGIN_LIMIT',
    `There were too many attempts to log in; the next is taken in ${seconds} s.`,
  );
}
