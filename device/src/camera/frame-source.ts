import type { InkError } from '@inkcast/shared/errors';
import type { Frame } from './frame.js';

/** Where a source puts what it has. */
export interface FrameSink {
  /**
   * Takes a frame. The promise settles when the frame has been processed, or dropped because a newer one came first:
   * a live camera does not wait for it, a source of files does.
   */
  frame(frame: Frame): Promise<void>;
  /** A picture or the stream failed; the source goes on, or restarts by itself. */
  fault(error: InkError): void;
  /** No more frames will come. */
  end(): void;
}

/** A camera, or what stands in for one. Its constructor does no work. */
export interface FrameSource {
  start(sink: FrameSink): Promise<void>;
  /** Resolves when no further frame will be delivered and nothing of it runs any more. */
  stop(): Promise<void>;
}
