import { InkError } from '@inkcast/shared/errors';
import type { CameraState } from './camera-state.js';
import type { FrameSink, FrameSource } from './frame-source.js';

/** Stands where no camera is configured: there are no frames, and its state says why. */
export class MissingCamera implements FrameSource {
  readonly #report: (state: CameraState) => void;
  readonly maxQuietMs = undefined;

  /** @param report receives its only state */
  constructor(report: (state: CameraState) => void) {
    this.#report = report;
  }

  async start(sink: FrameSink): Promise<void> {
    this.#report({ name: 'missing', since: new Date(), restarts: 0 });
    sink.fault(noCamera());
  }

  async stop(): Promise<void> {}
}

export function noCamera(): InkError {
  return new InkError('INK_CAMERA_MISSING', 'No camera is configured.');
}
