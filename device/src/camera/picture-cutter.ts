/** A luma plane from a stream: `width * height` bytes, row-major, without padding. */
export interface LumaPlane {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Extracts pictures from a stream of bytes whose chunks may end anywhere. */
export interface PictureCutter {
  /** @returns the pictures that this chunk completes, each in its own memory */
  push(chunk: Uint8Array): LumaPlane[];
}
