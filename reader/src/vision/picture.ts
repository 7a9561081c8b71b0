/** An 8-bit picture of one channel, row-major. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** A frame as it is read: luma, row-major. */
export interface LumaFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}
