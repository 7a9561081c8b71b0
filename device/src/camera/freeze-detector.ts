import { crc32 } from 'node:zlib';
import type { Clock } from './clock.js';
import type { Frame } from './frame.js';

/** A sensor's noise makes each picture a new one; bytes that repeat come from a driver or a stream that has stopped. */
export class FreezeDetector {
  readonly #frozenAfter: number;
  readonly #clock: Clock;
  #digest: number | undefined;
  #unchangedSince: number | undefined;

  /** @param frozenAfter milliseconds of the same picture until it counts as frozen; 0 for never */
  constructor(frozenAfter: number, clock: Clock) {
    this.#frozenAfter = frozenAfter;
    this.#clock = clock;
  }

  /** The camera starts anew, and has its full time again; the last picture is remembered. */
  restart(): void {
    this.#unchangedSince = undefined;
  }

  /** What a frame says: its picture is `new`, the `same` as the last, or the same for so long that it is `frozen`. */
  judge(frame: Frame): 'new' | 'same' | 'frozen' {
    if (this.#frozenAfter === 0) return 'new';
    const digest = crc32(frame.gray);
    const same = digest === this.#digest;
    this.#digest = digest;
    const now = this.#clock.now();
    if (!same) this.#unchangedSince = now;
    if (!same) return 'new';
    this.#unchangedSince ??= now;
    return now - this.#unchangedSince >= this.#frozenAfter ? 'frozen' : 'same';
  }
}
