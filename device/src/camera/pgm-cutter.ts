import { InkError } from '@inkcast/shared/errors';
import type { LumaPlane, PictureCutter } from './picture-cutter.js';

/** Longer than any header with sizes of up to five digits. */
const MAX_HEADER_BYTES = 32;
/** A larger side means that the stream is out of step. */
const MAX_SIDE_PIXELS = 16384;
const HEADER = /^P5\s(\d+)\s(\d+)\s255\s/;

/**
 * Extracts pictures from a stream of binary 8-bit PGM pictures: `P5`, width, height, 255, then the luma plane (netpbm's
 * pgm(5), without comments, as ffmpeg writes them). Each picture names its own size, so the size may change in the
 * stream.
 */
export class PgmCutter implements PictureCutter {
  #header = '';
  #picture: { readonly width: number; readonly height: number; readonly gray: Uint8Array; filled: number } | undefined;

  /** @throws InkError INK_CAMERA_FAILED if the stream is not PGM */
  push(chunk: Uint8Array): LumaPlane[] {
    const complete: LumaPlane[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#picture === undefined) {
        this.#takeHeaderByte(chunk[at]);
        at++;
        continue;
      }
      const { width, height, gray, filled } = this.#picture;
      const part = chunk.subarray(at, at + gray.length - filled);
      gray.set(part, filled);
      at += part.length;
      this.#picture.filled += part.length;
      if (this.#picture.filled < gray.length) continue;
      complete.push({ width, height, gray });
      this.#picture = undefined;
    }
    return complete;
  }

  #takeHeaderByte(byte: number): void {
    this.#header += String.fromCharCode(byte);
    const [, width, height] = (HEADER.exec(this.#header) ?? []).map(Number);
    if (width === undefined || height === undefined) {
      if (this.#header.length < MAX_HEADER_BYTES) return;
      throw new InkError('INK_CAMERA_FAILED', 'The stream of pictures is out of step: no PGM header where one is due.');
    }
    if (width < 1 || height < 1 || width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS) {
      throw new InkError('INK_CAMERA_FAILED', `URL of the stream names pictures of ${width} x ${height} pixels.`);
    }
    this.#header = '';
    this.#picture = { width, height, gray: new Uint8Array(width * height), filled: 0 };
  }
}
