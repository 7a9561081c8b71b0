import type { LiveHeader } from '../api/index.js';

/** One message of the live socket. */
export interface LiveFrame {
  readonly header: LiveHeader;
  /** Undefined where the device only says that it is there. */
  readonly jpeg: Uint8Array<ArrayBuffer> | undefined;
}

/** The length of the header, as unsigned 32-bit little-endian number. */
const LENGTH_BYTES = 4;

/**
 * Takes a message apart: length of the header, header as JSON in UTF-8, JPEG.
 *
 * @throws RangeError where it is shorter than it says
 */
export function parseFrame(message: ArrayBuffer): LiveFrame {
  const length = new DataView(message).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(message, LENGTH_BYTES, length));
  const start = LENGTH_BYTES + length;
  return {
    header: JSON.parse(text),
    jpeg: start === message.byteLength ? undefined : new Uint8Array(message, start),
  };
}
