import type { LumaFrame, Point } from '@inkcast/reader/vision';
import { type Homography, project, rectangleTo } from '../synthesis/index.js';

/**
 * The picture from another place of the camera. It has the same size, and its corners are at these four places of the
 * given picture. The pixels at the border are repeated outside of it.
 *
 * @param corners in pixels, clockwise from the top left
 */
export function cornersShown(picture: LumaFrame, corners: readonly [Point, Point, Point, Point]): LumaFrame {
  return warped(picture, rectangleTo(picture.width, picture.height, corners));
}

/** The picture with its content rotated clockwise about the centre. The size does not change. */
export function turned(picture: LumaFrame, degrees: number): LumaFrame {
  const { width, height } = picture;
  const angle = (-degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const at = (x: number, y: number): Point => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return { x: width / 2 + cos * dx - sin * dy, y: height / 2 + sin * dx + cos * dy };
  };
  return cornersShown(picture, [at(0, 0), at(width, 0), at(width, height), at(0, height)]);
}

/** @param back maps a place in the result to its place in the source */
function warped({ width, height, gray }: LumaFrame, back: Homography): LumaFrame {
  const result = new Uint8Array(gray.length);
  const within = (value: number, end: number): number => Math.min(end - 1, Math.max(0, value));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      // A pixel represents the light around its centre.
      const place = project(back, x + 0.5, y + 0.5);
      const [u, v] = [within(place.x - 0.5, width), within(place.y - 0.5, height)];
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [right, bottom] = [within(left + 1, width), within(top + 1, height)];
      const above = gray[top * width + left] * (left + 1 - u) + gray[top * width + right] * (u - left);
      const below = gray[bottom * width + left] * (left + 1 - u) + gray[bottom * width + right] * (u - left);
      result[at] = Math.round(above * (top + 1 - v) + below * (v - top));
    }
  }
  return { width, height, gray: result };
}
