import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture } from '@inkcast/device/camera';
import { InkError } from '@inkcast/shared/errors';
import sharp, { type Sharp } from 'sharp';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

/** 40 x 20 pixels, black on the left half, white on the right. */
function halves(): Sharp {
  const pixels = Buffer.from(Array.from({ length: 800 }, (_, at) => (at % 40 < 20 ? 0 : 255)));
  return sharp(pixels, { raw: { width: 40, height: 20, channels: 1 } });
}

const isError = (code: string, part: string) => (error: unknown) => {
  assert.ok(error instanceof InkError);
  assert.equal(error.code, code);
  assert.ok(error.message.includes(part), error.message);
  return true;
};

describe('decoding pictures', () => {
  it('turns JPEG, PNG and WebP into luma of the same size', () =>
    inTemporaryFolder(async (folder) => {
      for (const [name, picture] of [
        ['a.jpg', halves().jpeg({ quality: 95 })],
        ['a.png', halves().png()],
        ['a.webp', halves().webp({ lossless: true })],
      ] as const) {
        const file = join(folder, name);
        await picture.toFile(file);
        const { width, height, gray, original } = await decodePicture(file);
        assert.deepEqual({ width, height, original }, { width: 40, height: 20, original: { width: 40, height: 20 } });
        assert.equal(gray.length, 800);
        assert.ok(gray[5] < 8 && gray[35] > 247, `${name}: ${gray[5]} and ${gray[35]}`);
      }
    }));

  it('turns a picture as EXIF says, and says so in the original size', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'turned.jpg');
      // Orientation 6: the picture is to be turned by 90 degrees clockwise, so left becomes top.
      await halves().jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toFile(file);
      const { width, height, gray, original } = await decodePicture(file);
      assert.deepEqual({ width, height, original }, { width: 20, height: 40, original: { width: 20, height: 40 } });
      assert.ok(gray[5 * 20 + 10] < 8 && gray[35 * 20 + 10] > 247);
    }));

  it('lays transparency on white and reduces 16 bits to 8', () =>
    inTemporaryFolder(async (folder) => {
      const clear = join(folder, 'clear.png');
      await sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
        .png()
        .toFile(clear);
      assert.ok((await decodePicture(clear)).gray.every((value) => value === 255));
      const deep = join(folder, 'deep.png');
      await halves().toColourspace('grey16').png().toFile(deep);
      assert.equal((await sharp(deep).metadata()).depth, 'ushort');
      const { gray } = await decodePicture(deep);
      assert.ok(gray[5] === 0 && gray[35] === 255, `${gray[5]} and ${gray[35]}`);
    }));

  it('reduces what is larger than the working size and enlarges nothing', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'large.png');
      await sharp({ create: { width: 400, height: 100, channels: 3, background: '#808080' } })
        .png()
        .toFile(file);
      const reduced = await decodePicture(file, 200);
      assert.deepEqual([reduced.width, reduced.height], [200, 50]);
      assert.deepEqual(reduced.original, { width: 400, height: 100 });
      const same = await decodePicture(file, 800);
      assert.deepEqual([same.width, same.height], [400, 100]);
    }));

  it('names what is missing, empty, cut off or no picture', () =>
    inTemporaryFolder(async (folder) => {
      const missing = join(folder, 'missing.jpg');
      await assert.rejects(decodePicture(missing), isError('INK_FILE_UNREADABLE', 'there is no such file'));
      const empty = join(folder, 'empty.jpg');
      await writeFile(empty, '');
      await assert.rejects(decodePicture(empty), isError('INK_IMAGE_UNREADABLE', 'is empty'));
      const text = join(folder, 'text.jpg');
      await writeFile(text, 'not a picture');
      await assert.rejects(decodePicture(text), isError('INK_IMAGE_UNREADABLE', 'text.jpg'));
      const cut = join(folder, 'cut.jpg');
      const noise = Buffer.from(Array.from({ length: 10000 }, (_, at) => (at * 7919) % 256));
      const whole = await sharp(noise, { raw: { width: 100, height: 100, channels: 1 } })
        .jpeg()
        .toBuffer();
      await writeFile(cut, whole.subarray(0, whole.length / 2));
      await assert.rejects(decodePicture(cut), isError('INK_IMAGE_UNREADABLE', 'cut.jpg'));
    }));
});
