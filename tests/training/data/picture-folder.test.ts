import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCharacterReader } from '@inkcast/device/characters';
import { type CharacterReader, pictureAt, readMnistTest, readPictureFolder } from '@inkcast/training/data';
import sharp from 'sharp';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

/** A class folder `name` with one picture of each of `contents`. */
async function classFolder(folder: string, name: string, contents: readonly Uint8Array[]): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await Promise.all(contents.map((bytes, index) => writeFile(join(folder, name, `${index}.png`), bytes)));
}

const grayPng = (pixels: Uint8Array, width: number, height: number) =>
  sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();

/** A stroke like a seven, in a picture 200 pixels wide, in the given colours. */
const seven = (ink: string, paper: string) =>
  sharp(
    Buffer.from(
      `<svg width="200" height="200"><rect width="200" height="200" fill="${paper}"/>` +
        `<path d="M40 50 L130 60 L80 160" fill="none" stroke="${ink}" stroke-width="14"/></svg>`,
    ),
  );

describe('a folder of pictures by class', () => {
  let reader: CharacterReader;
  before(async () => {
    reader = await openCharacterReader();
  });
  after(() => reader.close());

  it("does not change MNIST's own pictures", () =>
    inTemporaryFolder(async (folder) => {
      const mnist = await readMnistTest();
      const pictures = Array.from({ length: 40 }, (_, index) => pictureAt(mnist, index));
      const pngs = await Promise.all(pictures.map((picture) => grayPng(picture, 28, 28)));
      for (const label of new Set(mnist.labels.subarray(0, 40))) {
        const own = pngs.filter((_, index) => mnist.labels[index] === label);
        await classFolder(folder, mnist.classes[label], own);
      }
      const read = await readPictureFolder(folder, reader);
      const key = (picture: Uint8Array) => Buffer.from(picture).toString('hex');
      const found = Array.from({ length: 40 }, (_, index) => key(pictureAt(read, index)));
      assert.deepEqual(found.sort(), pictures.map(key).sort());
    }));

  it('finds the same ink dark on light, light on dark, and in another format', () =>
    inTemporaryFolder(async (folder) => {
      await classFolder(folder, 'dark', [await seven('#202030', '#e8e0d0').png().toBuffer()]);
      await classFolder(folder, 'light', [await seven('#f0f0f0', '#303830').png().toBuffer()]);
      await mkdir(join(folder, 'jpeg'));
      await writeFile(join(folder, 'jpeg', 'a.JPG'), await seven('black', 'white').jpeg({ quality: 95 }).toBuffer());
      const read = await readPictureFolder(folder, reader);
      assert.deepEqual(read.classes, ['dark', 'jpeg', 'light']);
      const first = pictureAt(read, 0);
      assert.ok(first.reduce((sum, value) => sum + value, 0) > 10_000);
      for (const index of [1, 2]) {
        const difference = pictureAt(read, index).reduce(
          (most, value, at) => Math.max(most, Math.abs(value - first[at])),
          0,
        );
        assert.ok(difference <= 40, `${read.classes[index]} differs by ${difference}`);
      }
    }));

  it('has its classes in the natural order of their names', () =>
    inTemporaryFolder(async (folder) => {
      const picture = await seven('black', 'white').png().toBuffer();
      for (const name of ['10', '9', 'a', '1']) await classFolder(folder, name, [picture]);
      const read = await readPictureFolder(folder, reader);
      assert.deepEqual(read.classes, ['1', '9', '10', 'a']);
      assert.deepEqual([...read.labels], [0, 1, 2, 3]);
    }));

  it('is refused by name for an empty class, a corrupt picture, one class, and no folder', () =>
    inTemporaryFolder(async (folder) => {
      const picture = await seven('black', 'white').png().toBuffer();
      await classFolder(folder, 'a', [picture]);
      await assert.rejects(readPictureFolder(folder, reader), {
        code: 'INK_DATASET_INVALID',
        message: /1 class folders/,
      });
      await classFolder(folder, 'b', []);
      await assert.rejects(readPictureFolder(folder, reader), {
        code: 'INK_DATASET_INVALID',
        message: /folder .*b contains no PNG/,
      });
      await classFolder(folder, 'b', [picture.subarray(0, picture.length / 2)]);
      await assert.rejects(readPictureFolder(folder, reader), { code: 'INK_IMAGE_UNREADABLE', message: /b\/0\.png/ });
      await classFolder(folder, 'b', [Buffer.from('not a picture')]);
      await assert.rejects(readPictureFolder(folder, reader), { code: 'INK_IMAGE_UNREADABLE', message: /b\/0\.png/ });
      await assert.rejects(readPictureFolder(join(folder, 'none'), reader), { code: 'INK_DATASET_MISSING' });
    }));
});
