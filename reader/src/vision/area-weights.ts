/** A pixel of the source along one axis, and its share of a pixel of the result. */
export interface Share {
  readonly at: number;
  readonly weight: number;
}

/** A source pixel that is covered by less than this does not count. */
const MIN_COVER = 1e-3;

/**
 * For each pixel of the result along an axis that shrinks, the pixels of the source that it covers, with shares in single
 * precision: INTER_AREA of OpenCV's `resize` (`computeResizeAreaTab` in modules/imgproc/src/resize.cpp).
 *
 * @param factor how many pixels of the source there are for one of the result
 */
export function areaShares(from: number, to: number, factor: number): Share[][] {
  return Array.from({ length: to }, (_, index) => {
    const start = index * factor;
    const end = start + factor;
    const covered = Math.min(factor, from - start);
    const last = Math.min(Math.floor(end), from - 1);
    const first = Math.min(Math.ceil(start), last);
    const shares: Share[] = [];
    if (first - start > MIN_COVER) shares.push({ at: first - 1, weight: (first - start) / covered });
    for (let at = first; at < last; at++) shares.push({ at, weight: 1 / covered });
    if (end - last > MIN_COVER) shares.push({ at: last, weight: Math.min(end - last, 1, covered) / covered });
    return shares;
  });
}

/** The form of the shares that the kernel reads: for each pixel their number, then places (int32) and weights (float32). */
export function packShares(shares: readonly (readonly Share[])[]): Uint8Array {
  const size = shares.reduce((sum, { length }) => sum + 4 + 8 * length, 0);
  const view = new DataView(new ArrayBuffer(size));
  let offset = 0;
  for (const pixel of shares) {
    view.setInt32(offset, pixel.length, true);
    offset += 4;
    for (const { at, weight } of pixel) {
      view.setInt32(offset, at, true);
      view.setFloat32(offset + 4, weight, true);
      offset += 8;
    }
  }
  return new Uint8Array(view.buffer);
}
