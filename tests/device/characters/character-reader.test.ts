import assert from 'node:assert/strict';
import { type CharacterReader, openCharacterReader } from '@inkcast/device/characters';
import { pictureAt, readMnistTest } from '@inkcast/training/data';
import sharp from 'sharp';

/** Strokes in a box of 100x100, in a picture of `side` pixels. */
const drawn = (path: string, side: number): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg width="${side}" height="${side}" viewBox="0 0 100 100"><rect width="100" height="100" fill="#efe9dc"/>` +
        `<path d="${path}" fill="none" stroke="#26304a" stroke-width="9"/></svg>`,
    ),
  )
    .png()
    .toBuffer();

/** Columns and rows of a crop that hold ink. */
function extent(crop: Uint8Array): { readonly width: number; readonly height: number } {
  const at = [...crop].flatMap((value, index) => (value > 100 ? index : []));
  const columns = at.map((index) => index % 28);
  const rows = at.map((index) => Math.floor(index / 28));
  return { width: Math.max(...columns) - Math.min(...columns) + 1, height: Math.max(...rows) - Math.min(...rows) + 1 };
}

describe('the one character of a picture', () => {
  let reader: CharacterReader;
  before(async () => {
    reader = await openCharacterReader();
  });
  after(() => reader.close());

  for (const [letter, path] of [
    ['K', 'M25 15 V85 M75 15 L27 52 L75 85'],
    ['M', 'M15 85 V15 L50 60 L85 15 V85'],
    ['W', 'M10 20 L30 80 L50 30 L70 80 L90 20'],
  ]) {
    for (const side of [40, 120, 900]) {
      it(`field report 22: is whole, though it is no digit: ${letter} in ${side} pixels`, async () => {
        const { width, height } = extent(await reader.read(await drawn(path, side), letter));
        // The longer side fits into 20 pixels; of a stem alone the width would be a fourth of it.
        assert.ok(Math.max(width, height) >= 17 && Math.min(width, height) >= 11, `${width}x${height}`);
      });
    }
  }

  it('field report 22: is all black where a picture shows no ink, and as it stands in a crop', async () => {
    const blank = await drawn('M0 0', 64);
    assert.ok((await reader.read(blank, 'blank')).every((value) => value === 0));
    const crop = pictureAt(await readMnistTest(), 5);
    const png = await sharp(crop, { raw: { width: 28, height: 28, channels: 1 } })
      .png()
      .toBuffer();
    assert.deepEqual(await reader.read(png, 'crop'), Uint8Array.from(crop));
  });

  it('field report 22: is refused by name where there is no picture', async () => {
    for (const bytes of [Buffer.from('no picture'), (await drawn('M0 0 L50 50', 64)).subarray(0, 60)]) {
      await assert.rejects(reader.read(bytes, 'a.png'), { code: 'INK_IMAGE_UNREADABLE', message: /a\.png/ });
    }
  });
});
