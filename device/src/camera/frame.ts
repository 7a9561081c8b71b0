/** One picture from a camera: 8-bit luma, row-major, without padding. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** `width * height` bytes, 0 black, 255 white. */
  readonly gray: Uint8Array;
  readonly capturedAt: Date;
  /** The same moment in milliseconds of a clock that only grows: the one that tells the date may be set at any time. */
  readonly at: number;
  /** Counts the frames of one source from 0. */
  readonly sequence: number;
  /** The file a frame was read from, where it was one. */
  readonly file?: string;
}

/** When a frame was taken. */
export type CaptureTime = Pick<Frame, 'capturedAt' | 'at'>;

export function captureTime(): CaptureTime {
  return { capturedAt: new Date(), at: performance.now() };
}
