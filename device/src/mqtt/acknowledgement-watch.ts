/** Far longer than a slow broker takes, and a network that fails is found by then. */
export const ACKNOWLEDGE_MS = 60_000;

/**
 * Finds a broker that goes on without acknowledging: small ones know no quality of service but 0, which MQTT 3.1.1
 * cannot say, and one that hangs may answer pings all the same. Brokers acknowledge in order, so that only the oldest of
 * what is on its way is waited for.
 */
export class AcknowledgementWatch<T> {
  readonly #maxMs: number;
  readonly #onSilence: () => void;
  readonly #unanswered = new Set<T>();
  #timer: NodeJS.Timeout | undefined;
  #silentOn: T | undefined;

  /** @param onSilence called where the oldest of what was sent is not answered within `maxMs` */
  constructor(maxMs: number, onSilence: () => void) {
    this.#maxMs = maxMs;
    this.#onSilence = onSilence;
  }

  /** What was not answered in time. */
  get silentOn(): T | undefined {
    return this.#silentOn;
  }

  /** To be told of something that the broker is to answer. */
  sent(sent: T): void {
    this.#unanswered.add(sent);
    if (this.#unanswered.size === 1) this.#wait(sent);
  }

  /** To be told of an answer, be it a refusal. */
  answered(sent: T): void {
    const [oldest] = this.#unanswered;
    this.#unanswered.delete(sent);
    if (sent !== oldest) return;
    clearTimeout(this.#timer);
    const [next] = this.#unanswered;
    if (next !== undefined) this.#wait(next);
  }

  /** To be told of the end of the connection. */
  end(): void {
    this.#unanswered.clear();
    clearTimeout(this.#timer);
  }

  #wait(oldest: T): void {
    this.#timer = setTimeout(() => {
      this.#silentOn = oldest;
      this.#onSilence();
    }, this.#maxMs);
  }
}
