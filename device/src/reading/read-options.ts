import type { Expectation } from './expect/index.js';
import type { ReadingObserver } from './reading-observer.js';

/** What else counts for the reading of one frame. */
export interface ReadOptions {
  /** The form that the reading is known to have; default any. */
  readonly expectation?: Expectation | undefined;
  /** Told how the reading comes about. */
  readonly observer?: ReadingObserver | undefined;
}
