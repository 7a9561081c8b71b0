import type { InkError } from '@inkcast/shared/errors';
import type { Complaint } from './complaint.js';
import type { Frame } from './frame.js';

/** Where a source puts what it has. */
export interface FrameSink {
  /**
   * Takes a frame. The promise settles when the frame has been processed, or dropped because a newer one came first:
   * a live camera does not wait for it, a source of files does. It never rejects.
   */
  frame(frame: Frame): Promise<void>;
  /** A picture failed, or the stream was interrupted; the source goes on by itself. */
  fault(error: InkError): void;
  /** No more frames will come: the source has played all it has, or failed with `error`. */
  end(error?: InkError): void;
}

/** A camera, or what stands in for one. Its constructor does no work; it runs once. */
export interface FrameSource {
  start(sink: FrameSink): Promise<void>;
  /** What a program that it runs complains of, which may be why no frame comes. */
  readonly complaint?: Complaint | undefined;
  /**
   * Resolves when no further frame will be delivered and nothing of it runs any more. May be called at any time, also
   * while `start` is under way.
   */
  stop(): Promise<void>;
}
