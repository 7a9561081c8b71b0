import { InkError } from '@inkcast/shared/errors';
import type { LumaPlane, PictureCutter } from './picture-cutter.js';
import { shearedRowLength } from './row-shear.js';

/** Every ISP pads rows to a multiple of this; the length found in a picture of slanted lines may be some pixels off. */
const MIN_ALIGNMENT_BYTES = 16;

/** How YUV420 pictures lie in a stream: luma, then both chroma planes at half the size, rows padded alike. */
export interface Yuv420Layout {
  readonly width: number;
  /** Even. */
  readonly height: number;
  /** Bytes from one luma row to the next, even and at least `width`; chroma rows take half of it. */
  readonly rowBytes: number;
}

/** Takes the luma planes out of a stream of planar YUV420 pictures, row padding and chroma skipped. */
export class Yuv420Cutter implements PictureCutter {
  readonly #layout: Yuv420Layout;
  /** Bytes of the current picture that have passed. */
  #passed = 0;
  #luma: Uint8Array | undefined;

  constructor(layout: Yuv420Layout) {
    this.#layout = layout;
  }

  /**
   * @throws InkError INK_CAMERA_TORN where rows are longer or shorter than the layout says, since all that follows is
   * out of step
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

  /** The picture in a luma plane whose rows are padded. */
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
