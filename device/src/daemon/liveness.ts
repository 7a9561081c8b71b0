import { InkError } from '@inkcast/shared/errors';
import type { FramePipeline } from './frame-pipeline.js';

export interface LivenessOptions {
  readonly pipeline: Pick<FramePipeline, 'workingSince'>;
  /** Milliseconds within which a camera that is well supervised gives a sign; undefined where it may give none. */
  readonly maxQuietMs: number | undefined;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

/**
 * Whether frames get through: it reports a frame whose processing does not end, and a camera that nobody restarts. No frame
 * is due while a failed camera is being restarted.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #now: () => number;
  #sign: number | undefined;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The camera has delivered a frame, or its state was reported. */
  cameraSigns(): void {
    this.#sign = this.#now();
  }

  /** The camera has no more frames: none is due any longer. */
  cameraEnds(): void {
    this.#sign = undefined;
  }

  /** @param maxWorkMs milliseconds that one frame may take; @returns what hangs */
  hang(maxWorkMs: number): InkError | undefined {
    const { pipeline, maxQuietMs } = this.#options;
    const now = this.#now();
    const working = now - (pipeline.workingSince ?? now);
    if (working > maxWorkMs) return stuck(`A frame has been in work for ${seconds(working)}.`);
    const quiet = now - (this.#sign ?? now);
    if (maxQuietMs === undefined || quiet <= maxQuietMs) return undefined;
    return stuck(`Nothing was heard of the camera for ${seconds(quiet)}, although it is under supervision.`);
  }
}

function stuck(message: string): InkError {
  return new InkError('INK_PIPELINE_STUCK', message);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
