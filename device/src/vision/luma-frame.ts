/** A frame as it is read: luma, row-major. */
export interface LumaFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}
