import assert from 'node:assert/strict';
import { fitPicture } from '@inkcast/device/annotation';
import sharp from 'sharp';

/** Noise, which compresses badly, but is the same each time. */
function noise(width: number, height: number): Promise<Buffer> {
  let state = 1;
  const gray = Uint8Array.from({ length: width * height }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 256;
  });
  return sharp(gray, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

const widthOf = async (jpeg: Buffer) => (await sharp(jpeg).metadata()).width;

describe('a picture within bounds', () => {
  it('field report 2: gets a lower quality first, then a smaller size, and is never larger than allowed', async () => {
    const picture = await noise(640, 480);
    const full = await fitPicture(picture, { quality: 88 });
    assert.equal(await widthOf(full), 640);
    const coarse = await fitPicture(picture, { quality: 88, maxBytes: Math.floor(full.length * 0.7) });
    assert.ok(coarse.length <= full.length * 0.7);
    assert.equal(await widthOf(coarse), 640);
    for (const maxBytes of [40_000, 20_000, 10_000, 5000]) {
      const small = await fitPicture(picture, { quality: 88, maxBytes });
      assert.ok(small.length <= maxBytes, `${small.length} of ${maxBytes}`);
      assert.ok((await widthOf(small)) < 640);
    }
  });

  it('field report 2: has the width and the quality that are set', async () => {
    const picture = await noise(640, 480);
    const narrow = await fitPicture(picture, { quality: 88, maxWidth: 320 });
    assert.equal(await widthOf(narrow), 320);
    assert.equal(await widthOf(await fitPicture(picture, { quality: 88, maxWidth: 1000 })), 640);
    assert.ok((await fitPicture(picture, { quality: 40, maxWidth: 320 })).length < narrow.length);
  });
});
