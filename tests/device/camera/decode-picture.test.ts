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

/** 100 x 100 pixels that no format makes small. */
function noise(): Sharp {
  const pixels = Buffer.from(Array.from({ length: 10000 }, (_, at) => (at * 7919) % 256));
  return sharp(pixels, { raw: { width: 100, height: 100, channels: 1 } });
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

  it('hands on a whole JPEG as it is, with its size once turned upright, and nothing else', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'a');
      const bytes = await halves().jpeg().withMetadata({ orientation: 6 }).toBuffer();
      await writeFile(file, bytes);
      const { jpeg } = await decodePicture(file);
      assert.deepEqual({ ...jpeg, bytes: undefined }, { bytes: undefined, width: 20, height: 40 });
      assert.ok(Buffer.from(jpeg?.bytes ?? []).equals(bytes));
      await writeFile(file, bytes.subarray(0, -2));
      assert.equal((await decodePicture(file)).jpeg, undefined);
      await writeFile(file, await halves().png().toBuffer());
      assert.equal((await decodePicture(file)).jpeg, undefined);
    }));

  for (const [name, picture] of [
    ['a.avif', halves().avif({ lossless: true })],
    ['a.tiff', halves().tiff()],
  ] as const) {
    it(`field report 18: reads ${name}`, () =>
      inTemporaryFolder(async (folder) => {
        await picture.toFile(join(folder, name));
        const { width, height, gray } = await decodePicture(join(folder, name));
        assert.deepEqual([width, height], [40, 20]);
        assert.ok(gray[5] < 8 && gray[35] > 247, `${gray[5]} and ${gray[35]}`);
      }));
  }

  for (const [format, head] of [
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['HEIC', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
    ['HEIC', '\0\0\0\x18ftyphevx\0\0\0\0msf1hevx'],
    ['JPEG XL', '\xff\x0a\xfa\x1f'],
    ['JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['BMP', 'BM\x46\0\0\0\0\0\0\0'],
  ]) {
    it(`field report 18: refuses ${format} by name, whatever the file is called`, () =>
      inTemporaryFolder(async (folder) => {
        const file = join(folder, 'photo.jpg');
        await writeFile(file, Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(200)]));
        const message = `photo.jpg is a ${format} picture, which Inkcast does not read.`;
        await assert.rejects(decodePicture(file), isError('INK_IMAGE_UNREADABLE', message));
      }));
  }

  for (const progressive of [false, true]) {
    const kind = progressive ? 'progressive' : 'baseline';
    it(`field report 17: reads a ${kind} JPEG that is whole but for its end marker, and none that is cut before`, () =>
      inTemporaryFolder(async (folder) => {
        const file = join(folder, 'a.jpg');
        const whole = await noise().jpeg({ progressive }).toBuffer();
        await writeFile(file, whole);
        const { gray } = await decodePicture(file);
        for (const rest of ['', '\0\0\0\0', '\r\n']) {
          await writeFile(file, Buffer.concat([whole.subarray(0, -2), Buffer.from(rest)]));
          assert.deepEqual((await decodePicture(file)).gray, gray, JSON.stringify(rest));
        }
        for (const missing of [5, 12, whole.length >> 1]) {
          await writeFile(file, whole.subarray(0, -missing));
          await assert.rejects(decodePicture(file), isError('INK_IMAGE_UNREADABLE', 'a.jpg'), `${missing} bytes`);
        }
      }));
  }

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
      const whole = await noise().jpeg().toBuffer();
      await writeFile(cut, whole.subarray(0, whole.length / 2));
      await assert.rejects(decodePicture(cut), isError('INK_IMAGE_UNREADABLE', 'cut.jpg'));
    }));
});
