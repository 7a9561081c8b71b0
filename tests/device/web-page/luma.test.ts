import assert from 'node:assert/strict';
import { decodeBytes } from '@inkcast/device/camera';
import fc from 'fast-check';
import sharp from 'sharp';
import { lumaOf } from '../../../device/web/src/sketch/luma.js';

const byte = fc.integer({ min: 0, max: 255 });
const colour = fc.oneof(
  fc.tuple(byte, byte, byte),
  byte.map((shade) => [shade, shade, shade] as const),
);

describe('the luma of a picture in the browser', () => {
  it('is what the device decodes, to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(colour, { minLength: 1, maxLength: 500 }), async (colours) => {
        const raw = { width: colours.length, height: 1, channels: 3 } as const;
        const png = await sharp(Uint8Array.from(colours.flat()), { raw }).png().toBuffer();
        const { gray } = await decodeBytes(png, 'colours.png');
        const pixels = Uint8ClampedArray.from(colours.flatMap((each) => [...each, 255]));
        assert.deepEqual([...lumaOf(pixels)], [...gray]);
      }),
      { numRuns: 50 },
    );
  });
});
