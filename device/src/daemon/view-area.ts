import type { Config } from '../config/index.js';
import type { Point, ViewArea } from '../vision/index.js';

/** The part of each frame that a configuration says is read. */
export function viewAreaOf({ regionOfInterest, perspective }: Config['vision']): ViewArea {
  if (perspective !== undefined) {
    const [topLeft, topRight, bottomRight, bottomLeft] = perspective;
    return { perspective: [point(topLeft), point(topRight), point(bottomRight), point(bottomLeft)] };
  }
  return regionOfInterest === undefined ? {} : { regionOfInterest };
}

const point = ([x, y]: readonly [number, number]): Point => ({ x, y });
