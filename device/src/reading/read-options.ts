import type { Expectation } from './expect/index.js';
import type { FrameRecorder } from './explain/index.js';

/** What else counts for the reading of one frame. */
export interface ReadOptions {
  /** The form that the reading is known to have; default any. */
  readonly expectation?: Expectation | undefined;
  /** Told how the reading comes about. */
  readonly recorder?: FrameRecorder | undefined;
}
