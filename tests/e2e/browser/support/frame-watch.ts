import { setTimeout as wait } from 'node:timers/promises';
import { stateSchema } from '@inkcast/device/web';
import type { ServedDaemon } from './served-daemon.js';

interface SeenFrame {
  readonly number: number;
  readonly takenAt: number;
}

const POLL_MS = 50;

/** Watches how long a daemon is without a frame that it has read. */
export class FrameWatch {
  readonly #daemon: ServedDaemon;
  #seen: SeenFrame[] = [];
  #watching: Promise<void> | undefined;

  constructor(daemon: ServedDaemon) {
    this.#daemon = daemon;
  }

  start(): void {
    this.#watching = this.#watch();
  }

  /** Resolves once so many frames were read since the last call of `longestGap`. */
  async sees(count: number): Promise<void> {
    while (this.#seen.length < 2 || this.#last.number - this.#seen[0].number < count) await wait(POLL_MS);
  }

  /** The longest time in milliseconds between two frames since the last call, and what follows begins anew. */
  longestGap(): number {
    const gaps = this.#seen.slice(1).map(({ number, takenAt }, index) => {
      const before = this.#seen[index];
      return (takenAt - before.takenAt) / (number - before.number);
    });
    this.#seen = this.#seen.slice(-1);
    return Math.max(...gaps);
  }

  /** @throws what asking the daemon has failed with */
  async stop(): Promise<void> {
    const watching = this.#watching;
    this.#watching = undefined;
    await watching;
  }

  get #last(): SeenFrame {
    return this.#seen[this.#seen.length - 1];
  }

  async #watch(): Promise<void> {
    do {
      const answer = await fetch(`${this.#daemon.url}api/state`);
      const { frame } = stateSchema.parse(await answer.json());
      if (frame !== null && (this.#seen.length === 0 || frame.number > this.#last.number)) {
        this.#seen.push({ number: frame.number, takenAt: Date.parse(frame.time) });
      }
      await wait(POLL_MS);
    } while (this.#watching !== undefined);
  }
}
