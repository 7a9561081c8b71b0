import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeIdx, labelsFileFor, parseIdx, readIdxDataset } from '@inkcast/training/data';
import fc from 'fast-check';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const bytes = encodeIdx({ sizes: [2, 2, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });

describe('IDX files', () => {
  it('field report 10: are refused if they hold more pictures than fit into memory', () =>
    inTemporaryFolder(async (folder) => {
      const count = 2_000_001;
      const [images, labels] = ['images', 'labels'].map((name) => join(folder, name));
      await writeFile(images, encodeIdx({ sizes: [count, 1, 1], data: new Uint8Array(count) }));
      await writeFile(labels, encodeIdx({ sizes: [count], data: new Uint8Array(count) }));
      await assert.rejects(readIdxDataset('many', { images, labels }, ['0', '1']), {
        code: 'INK_IDX_INVALID',
        message: `${images} holds 2000001 pictures, and at most 2000000 are used.`,
      });
    }));

  it('come back as they were written', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        sizes.chain((drawn) => {
          const length = drawn.reduce((product, size) => product * size, 1);
          return fc.tuple(fc.constant(drawn), fc.uint8Array({ minLength: length, maxLength: length }));
        }),
        ([drawn, data]) => {
          const parsed = parseIdx(encodeIdx({ sizes: drawn, data }), drawn.length, 'file');
          assert.deepEqual(parsed.sizes, drawn);
          assert.deepEqual([...parsed.data], [...data]);
        },
      ),
    );
  });

  const changed = (at: number, value: number) => bytes.map((byte, index) => (index === at ? value : byte));
  const damages: [string, Uint8Array, string][] = [
    [
      'another magic number',
      changed(2, 0x0d),
      'begins with the magic number 0x00000d03 at byte 0 and not with 0x00000803',
    ],
    [
      'compression',
      Uint8Array.of(0x1f, 0x8b, 8, 0),
      'begins with the magic number 0x1f8b0800 at byte 0 and not with 0x00000803; it is compressed with gzip',
    ],
    [
      'labels for pictures',
      encodeIdx({ sizes: [1], data: Uint8Array.of(1) }),
      'begins with the magic number 0x00000801 at byte 0 and not with 0x00000803',
    ],
    ['an end within the magic number', bytes.subarray(0, 3), 'ends at byte 3, within the magic number'],
    ['an end within the header', bytes.subarray(0, 10), 'ends at byte 10, within its 16 header bytes'],
    ['a size of nothing', changed(7, 0), 'has the size 0 at byte 4'],
    ['an end within the values', bytes.subarray(0, 23), 'ends at byte 23 and must have 24 for 2 x 2 x 2'],
    ['sizes beyond its end', changed(4, 255), 'ends at byte 24 and must have 17112760344 for 4278190082 x 2 x 2'],
    ['more after its values', Uint8Array.of(...bytes, 0), 'goes on after byte 24, where its 2 x 2 x 2 values end'],
  ];
  for (const [what, damaged, message] of damages) {
    it(`are refused for ${what}`, () => {
      assert.throws(() => parseIdx(damaged, 3, 'a.idx'), { code: 'INK_IDX_INVALID', message: `a.idx ${message}.` });
    });
  }
});

describe('a data set in two IDX files', () => {
  const withPair = (labels: number[], work: (images: string, labels: string) => Promise<void>) =>
    inTemporaryFolder(async (folder) => {
      const images = join(folder, 'own-images-idx3-ubyte');
      const labelsFile = labelsFileFor(images);
      await writeFile(images, bytes);
      await writeFile(labelsFile, encodeIdx({ sizes: [labels.length], data: Uint8Array.from(labels) }));
      await work(images, labelsFile);
    });

  it('has pictures, labels and the SHA-256 of both files', () =>
    withPair([1, 0], async (images, labels) => {
      const dataset = await readIdxDataset('own', { images, labels }, ['a', 'b']);
      assert.deepEqual(dataset.shape, [2, 2, 1]);
      assert.deepEqual([...dataset.labels], [1, 0]);
      assert.deepEqual([...dataset.images], [1, 2, 3, 4, 5, 6, 7, 8]);
      assert.deepEqual(Object.keys(dataset.sha256), ['own-images-idx3-ubyte', 'own-labels-idx1-ubyte']);
    }));

  it('is refused for a label out of range, with its offset', () =>
    withPair([1, 2], async (images, labels) => {
      await assert.rejects(readIdxDataset('own', { images, labels }, ['a', 'b']), {
        code: 'INK_IDX_INVALID',
        message: `${labels} has the label 2 at byte 9, and there are 2 classes.`,
      });
    }));

  it('is refused if the files have different numbers', () =>
    withPair([1, 0, 0], async (images, labels) => {
      await assert.rejects(
        readIdxDataset('own', { images, labels }, ['a', 'b']),
        /has 3 labels at byte 4 for 2 pictures/,
      );
    }));
});
