/**
 * A change of a picture's geometry. It combines several steps and applies them in one pass, so a picture is interpolated
 * only once. For each pixel of the result, the position in the source is (position relative to the centre +
 * displacement) * 2x2 matrix + shift.
 */
export class Warp {
  readonly width: number;
  readonly height: number;
  /** Displacements of each pixel, in pixels; used where `displaced` is set. */
  readonly displacementX: Float32Array;
  readonly displacementY: Float32Array;
  displaced = false;
  #xx = 1;
  #xy = 0;
  #yx = 0;
  #yy = 1;
  #shiftX = 0;
  #shiftY = 0;
  readonly #source: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.displacementX = new Float32Array(width * height);
    this.displacementY = new Float32Array(width * height);
    this.#source = new Float32Array(width * height);
  }

  /** Resets the warp to the identity. */
  reset(): void {
    this.#xx = this.#yy = 1;
    this.#xy = this.#yx = this.#shiftX = this.#shiftY = 0;
    this.displaced = false;
  }

  /** Appends the matrix [xx xy; yx yy], which maps positions in the result to positions in the source. */
  transform(xx: number, xy: number, yx: number, yy: number): void {
    const [oldXX, oldXY, oldYX, oldYY] = [this.#xx, this.#xy, this.#yx, this.#yy];
    this.#xx = oldXX * xx + oldXY * yx;
    this.#xy = oldXX * xy + oldXY * yy;
    this.#yx = oldYX * xx + oldYY * yx;
    this.#yy = oldYX * xy + oldYY * yy;
  }

  /** Moves the picture right by `x` and down by `y` pixels of the source. */
  shift(x: number, y: number): void {
    this.#shiftX -= x;
    this.#shiftY -= y;
  }

  /** Applies the warp to `picture` in place, with bilinear interpolation. Outside of the picture there is no ink. */
  apply(picture: Float32Array): void {
    const { width, height, displacementX, displacementY, displaced } = this;
    const source = this.#source;
    source.set(picture);
    const centreX = (width - 1) / 2;
    const centreY = (height - 1) / 2;
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const fromX = x - centreX + (displaced ? displacementX[at] : 0);
        const fromY = y - centreY + (displaced ? displacementY[at] : 0);
        const sourceX = this.#xx * fromX + this.#xy * fromY + centreX + this.#shiftX;
        const sourceY = this.#yx * fromX + this.#yy * fromY + centreY + this.#shiftY;
        picture[at] = sample(source, width, height, sourceX, sourceY);
      }
    }
  }
}

function sample(source: Float32Array, width: number, height: number, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const shareX = x - left;
  const shareY = y - top;
  if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1) {
    const at = top * width + left;
    const upper = source[at] + shareX * (source[at + 1] - source[at]);
    const lower = source[at + width] + shareX * (source[at + width + 1] - source[at + width]);
    return upper + shareY * (lower - upper);
  }
  if (left < -1 || top < -1 || left >= width || top >= height) return 0;
  const pixel = (px: number, py: number) =>
    px >= 0 && py >= 0 && px < width && py < height ? source[py * width + px] : 0;
  const upper = pixel(left, top) * (1 - shareX) + pixel(left + 1, top) * shareX;
  const lower = pixel(left, top + 1) * (1 - shareX) + pixel(left + 1, top + 1) * shareX;
  return upper * (1 - shareY) + lower * shareY;
}
