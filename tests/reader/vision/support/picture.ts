import type { Picture } from '@inkcast/reader/vision';
import fc from 'fast-check';

const side = fc.integer({ min: 1, max: 70 });

/** Pictures of any bytes. */
export const picture: fc.Arbitrary<Picture> = fc.tuple(side, side).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    bytes: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
  }),
);
