import type { LumaPlane, PictureCutter } from './picture-cutter.js';

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
  #gray: Uint8Array | undefined;

  constructor(layout: Yuv420Layout) {
    this.#layout = layout;
  }

  push(chunk: Uint8Array): LumaPlane[] {
    const { width, height, rowBytes } = this.#layout;
    const pictureBytes = (rowBytes * height * 3) / 2;
    const complete: LumaPlane[] = [];
    let at = 0;
    while (at < chunk.length) {
      const taken = Math.min(chunk.length - at, pictureBytes - this.#passed);
      this.#gray ??= new Uint8Array(width * height);
      this.#copyLuma(this.#gray, chunk.subarray(at, at + taken));
      at += taken;
      this.#passed += taken;
      if (this.#passed < pictureBytes) continue;
      complete.push({ width, height, gray: this.#gray });
      this.#gray = undefined;
      this.#passed = 0;
    }
    return complete;
  }

  /** Copies what `part`, which begins `#passed` bytes into the picture, holds of its luma rows. */
  #copyLuma(gray: Uint8Array, part: Uint8Array): void {
    const { width, height, rowBytes } = this.#layout;
    const luma = Math.min(part.length, rowBytes * height - this.#passed);
    let at = 0;
    while (at < luma) {
      const row = Math.floor((this.#passed + at) / rowBytes);
      const column = (this.#passed + at) % rowBytes;
      const rest = Math.min(rowBytes - column, luma - at);
      if (column < width) gray.set(part.subarray(at, at + Math.min(rest, width - column)), row * width + column);
      at += rest;
    }
  }
}
