/** An 8-bit picture of one channel, row-major. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}
