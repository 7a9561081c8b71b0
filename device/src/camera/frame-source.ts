import type { InkError } from '@inkcast/shared/errors';
import type { Complaint } from './complaint.js';
import type { Frame } from './frame.js';

/** Receives what a source delivers. */
export interface FrameSink {
  /**
   * Takes a frame. The promise resolves when the frame has been processed, or dropped in favour of a newer one. A live
   * camera does not wait for it; a source of files does. It never rejects.
   */
  frame(frame: Frame): Promise<void>;
  /** Reports a failed picture or an interrupted stream. The source continues by itself. */
  fault(error: InkError): void;
  /** Reports that no more frames will come. Without an error, the source has played everything it has. */
  end(error?: InkError): void;
}

/** A camera or a substitute for one. Its constructor does no work, and it runs once. */
export interface FrameSource {
  start(sink: FrameSink): Promise<void>;
  /** The complaint of the program that the source runs, which may explain why no frame arrives. */
  readonly complaint?: Complaint | undefined;
  /**
   * Resolves when no further frame will be delivered and nothing is running any more. May be called at any time, even
   * while `start` is under way.
   */
  stop(): Promise<void>;
}
