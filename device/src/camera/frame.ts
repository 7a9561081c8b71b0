/** One picture from a camera: 8-bit luma, row-major, without padding. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** `width * height` bytes; 0 is black, 255 is white. */
  readonly gray: Uint8Array;
  readonly capturedAt: Date;
  /** The same time in milliseconds of a monotonic clock, because the date may be set at any time. */
  readonly at: number;
  /** Index of the frame within its source, from 0. */
  readonly sequence: number;
  /** The frame as the camera sent it, where that was a whole JPEG. */
  readonly jpeg?: CameraJpeg;
  /** The file that the frame was read from, if any. */
  readonly file?: string;
}

/** When a frame was taken. */
export type CaptureTime = Pick<Frame, 'capturedAt' | 'at'>;

export function captureTime(): CaptureTime {
  return { capturedAt: new Date(), at: performance.now() };
}

/** A JPEG of a camera, in its own size and colours. */
export interface CameraJpeg {
  readonly bytes: Uint8Array;
  /** Size in pixels, turned as its EXIF orientation says. */
  readonly width: number;
  readonly height: number;
}
