/** A luma plane cut from a stream: `width * height` bytes, row-major, without padding. */
export interface LumaPlane {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Cuts pictures from a stream of bytes whose chunks may end anywhere. */
export interface PictureCutter {
  /** @returns the pictures that this chunk completes; each has memory of its own */
  push(chunk: Uint8Array): LumaPlane[];
}
