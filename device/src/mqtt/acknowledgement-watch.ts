/** Far longer than a slow broker takes, and a network that fails is found by then. */
export const ACKNOWLEDGE_MS = 60_000;

/** Finds a broker that acknowledges nothing: small ones know no quality of service but 0, and MQTT 3.1.1 cannot say so. */
export class AcknowledgementWatch {
  readonly #maxMs: number;
  readonly #onMute: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isDone = false;
  #isMute = false;

  /** @param onMute called where nothing is acknowledged within `maxMs` of what was sent first */
  constructor(maxMs: number, onMute: () => void) {
    this.#maxMs = maxMs;
    this.#onMute = onMute;
  }

  /** Whether nothing was acknowledged in time. */
  get isMute(): boolean {
    return this.#isMute;
  }

  /** To be told of a message that is to be acknowledged. */
  sent(): void {
    if (this.#isDone || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#isMute = true;
      this.#onMute();
    }, this.#maxMs);
  }

  /** To be told of the first answer, or of the end. */
  done(): void {
    this.#isDone = true;
    clearTimeout(this.#timer);
  }
}
