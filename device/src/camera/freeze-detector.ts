import { crc32 } from 'node:zlib';
import type { Clock } from './clock.js';
import type { Frame } from './frame.js';

/**
 * Detects a camera that repeats the same picture. The noise of a sensor makes each picture different, so identical
 * bytes come from a driver or stream that has stopped.
 */
export class FreezeDetector {
  readonly #frozenAfter: number;
  readonly #clock: Clock;
  #digest: number | undefined;
  #unchangedSince: number | undefined;

  /** @param frozenAfter milliseconds of the same picture until the camera counts as frozen; 0 for never */
  constructor(frozenAfter: number, clock: Clock) {
    this.#frozenAfter = frozenAfter;
    this.#clock = clock;
  }

  /** Starts the time anew because the camera was restarted. The last picture is kept. */
  restart(): void {
    this.#unchangedSince = undefined;
  }

  /**
   * Classifies a frame: its picture is `new`, the `same` as the last one, or the same for so long that it is `frozen`.
   */
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
