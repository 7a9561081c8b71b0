export interface BackOffOptions {
  /** Milliseconds before the first retry. */
  readonly first: number;
  /** Milliseconds at most. */
  readonly most: number;
}

/** Doubling pauses between attempts, jittered so that what failed together does not retry together. */
export class BackOff {
  readonly #options: BackOffOptions;
  readonly #random: () => number;
  #attempts = 0;

  /** @param random uniform in [0, 1) */
  constructor(options: BackOffOptions, random: () => number = Math.random) {
    this.#options = options;
    this.#random = random;
  }

  /** The next pause in milliseconds: between half of the doubled one and the whole. */
  next(): number {
    const { first, most } = this.#options;
    const whole = Math.min(most, first * 2 ** this.#attempts);
    this.#attempts++;
    return whole * (0.5 + 0.5 * this.#random());
  }

  reset(): void {
    this.#attempts = 0;
  }
}
