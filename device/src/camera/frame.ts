/** One picture from a camera: 8-bit luma, row-major, without padding. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** `width * height` bytes, 0 black, 255 white. */
  readonly gray: Uint8Array;
  readonly capturedAt: Date;
  /** Counts the frames of one source from 0. */
  readonly sequence: number;
  /** The file a frame was read from, where it was one. */
  readonly file?: string;
}
