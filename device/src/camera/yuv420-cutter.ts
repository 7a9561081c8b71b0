import { InkError } from '@inkcast/shared/errors';
import type { LumaPlane, PictureCutter } from './picture-cutter.js';
import { shearedRowLength } from './row-shear.js';

/**
 * Every ISP pads rows to a multiple of this. The length measured in a picture of slanted lines may be off by a few
 * pixels, so it is rounded.
 */
const MIN_ALIGNMENT_BYTES = 16;

/**
 * The layout of YUV420 pictures in a stream: luma, then both chroma planes at half the size, with the same row padding.
 */
export interface Yuv420Layout {
  readonly width: number;
  /** An even number. */
  readonly height: number;
  /** Bytes per luma row, even and at least `width`; a chroma row has half of it. */
  readonly rowBytes: number;
}

/** Extracts the luma planes from a stream of planar YUV420 pictures; row padding and chroma are skipped. */
export class Yuv420Cutter implements PictureCutter {
  readonly #layout: Yuv420Layout;
  /** Bytes of the current picture that have passed. */
  #passed = 0;
  #luma: Uint8Array | undefined;

  constructor(layout: Yuv420Layout) {
    this.#layout = layout;
  }

  /**
   * @throws InkError INK_CAMERA_TORN if rows are longer or shorter than the layout, because all later data is out of
   * step
   */
  push(chunk: Uint8Array): LumaPlane[] {
    const { height, rowBytes } = this.#layout;
    const lumaBytes = rowBytes * height;
    const pictureBytes = (lumaBytes * 3) / 2;
    const complete: LumaPlane[] = [];
    let at = 0;
    while (at < chunk.length) {
      const taken = Math.min(chunk.length - at, pictureBytes - this.#passed);
      this.#luma ??= new Uint8Array(lumaBytes);
      const luma = Math.min(taken, Math.max(0, lumaBytes - this.#passed));
      if (luma > 0) this.#luma.set(chunk.subarray(at, at + luma), this.#passed);
      at += taken;
      this.#passed += taken;
      if (this.#passed < pictureBytes) continue;
      complete.push(this.#finish(this.#luma));
      this.#luma = undefined;
      this.#passed = 0;
    }
    return complete;
  }

  /** Removes the row padding of a luma plane. */
  #finish(luma: Uint8Array): LumaPlane {
    const { width, height, rowBytes } = this.#layout;
    const found = shearedRowLength({ width: rowBytes, height, gray: luma });
    if (found !== undefined) throw outOfStep(found, rowBytes);
    if (rowBytes === width) return { width, height, gray: luma };
    const gray = new Uint8Array(width * height);
    for (let row = 0; row < height; row++) {
      gray.set(luma.subarray(row * rowBytes, row * rowBytes + width), row * width);
    }
    return { width, height, gray };
  }
}

function outOfStep(found: number, rowBytes: number): InkError {
  const likely = Math.round(found / MIN_ALIGNMENT_BYTES) * MIN_ALIGNMENT_BYTES;
  return new InkError(
    'INK_CAMERA_TORN',
    `The camera's pictures are torn: their rows seem to be ${likely} bytes long, and are read as ${rowBytes}.`,
    { remedy: `${likely > rowBytes ? `Set camera.rowBytes to ${likely}, or choose` : 'Choose'} another camera.width.` },
  );
}
