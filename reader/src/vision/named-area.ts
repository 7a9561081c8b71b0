import type { z } from 'zod';
import type { cornersSchema, regionOfInterestSchema } from './area-schemas.js';
import type { Point } from './geometry.js';
import type { ViewArea } from './view.js';

/** A part of the frame as a person names it. */
export interface NamedArea {
  readonly regionOfInterest?: z.infer<typeof regionOfInterestSchema> | undefined;
  readonly corners?: z.infer<typeof cornersSchema> | undefined;
}

/** The part of each frame that is read: all of it where neither is named. */
export function namedArea({ regionOfInterest, corners }: NamedArea): ViewArea {
  if (corners !== undefined) {
    const [topLeft, topRight, bottomRight, bottomLeft] = corners;
    return { perspective: [point(topLeft), point(topRight), point(bottomRight), point(bottomLeft)] };
  }
  return regionOfInterest === undefined ? {} : { regionOfInterest };
}

const point = ([x, y]: readonly [number, number]): Point => ({ x, y });
