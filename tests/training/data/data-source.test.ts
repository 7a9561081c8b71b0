import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openCharacterReader } from '@inkcast/device/characters';
import { dataSourceFor, encodeIdx, readDataSource } from '@inkcast/training/data';
import fc from 'fast-check';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const [HEIGHT, WIDTH] = [2, 3];
/** One picture by rows, and the same one by columns. */
const BY_ROWS = [1, 2, 3, 4, 5, 6];
const BY_COLUMNS = [1, 4, 2, 5, 3, 6];

interface Part {
  /** Name of the file of pictures. */
  readonly name: string;
  readonly pictures: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly sides?: readonly [number, number];
}

/** Writes two IDX files, compressed where the name ends so. */
async function writePart(folder: string, { name, pictures, labels, sides = [HEIGHT, WIDTH] }: Part): Promise<void> {
  const packed = (bytes: Uint8Array) => (name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  const images = encodeIdx({ sizes: [labels.length, ...sides], data: Uint8Array.from(pictures.flat()) });
  await writeFile(join(folder, name), packed(images));
  const of = name.replace('images', 'labels').replace('idx3', 'idx1');
  await writeFile(join(folder, of), packed(encodeIdx({ sizes: [labels.length], data: Uint8Array.from(labels) })));
}

const open = async (word: string) => readDataSource(await dataSourceFor(word), openCharacterReader);
const FASHION = ['T-shirt/top', 'Trouser', 'Pullover'];

describe('a data set that a word names', () => {
  it('may be compressed with gzip, and a file beside it names its classes', () =>
    inTemporaryFolder(async (folder) => {
      await writePart(folder, { name: 'train-images-idx3-ubyte.gz', pictures: [BY_ROWS, BY_ROWS], labels: [2, 0] });
      await writePart(folder, { name: 't10k-images-idx3-ubyte.gz', pictures: [BY_ROWS], labels: [1] });
      await writeFile(join(folder, 'classes.txt'), `${FASHION.join('\r\n')}\n\n`);
      const { train, test } = await open(folder);
      assert.deepEqual([train.classes, test?.classes], [FASHION, FASHION]);
      assert.deepEqual([[...train.labels], [...(test?.labels ?? [])]], [[2, 0], [1]]);
      assert.deepEqual([...train.images], [...BY_ROWS, ...BY_ROWS]);
      // An archive beside its unpacked content changes nothing.
      await writePart(folder, { name: 'train-images-idx3-ubyte', pictures: [BY_ROWS, BY_ROWS], labels: [2, 0] });
      assert.deepEqual((await open(folder)).train.images, train.images);
    }));

  it('may have the other names in use, train-images.idx3-ubyte', () =>
    inTemporaryFolder(async (folder) => {
      await writePart(folder, { name: 'train-images.idx3-ubyte', pictures: [BY_ROWS], labels: [4] });
      await writePart(folder, { name: 't10k-images.idx3-ubyte', pictures: [BY_ROWS], labels: [5] });
      const { train, test } = await open(folder);
      assert.deepEqual([[...train.labels], [...(test?.labels ?? [])]], [[4], [5]]);
    }));

  it("is EMNIST by the names of its files: pictures by columns, letters from 1 on, and the split's test pictures", () =>
    inTemporaryFolder(async (folder) => {
      for (const [part, labels] of [
        ['train', [1, 26]],
        ['test', [2, 3]],
      ] as const) {
        const name = `emnist-letters-${part}-images-idx3-ubyte.gz`;
        await writePart(folder, { name, pictures: [BY_COLUMNS, BY_COLUMNS], labels, sides: [WIDTH, HEIGHT] });
      }
      for (const word of [folder, join(folder, 'emnist-letters-train-images-idx3-ubyte.gz')]) {
        const { train, test } = await open(word);
        assert.deepEqual(train.shape, [HEIGHT, WIDTH, 1]);
        assert.deepEqual([...train.images], [...BY_ROWS, ...BY_ROWS]);
        assert.deepEqual(
          Array.from(train.labels, (label) => train.classes[label]),
          ['A', 'Z'],
        );
        assert.deepEqual(
          Array.from(test?.labels ?? [], (label) => test?.classes[label]),
          ['B', 'C'],
        );
      }
    }));

  it('has the classes of each split of EMNIST', () =>
    inTemporaryFolder(async (folder) => {
      const last: Readonly<Record<string, string>> = {
        balanced: 't',
        bymerge: 't',
        byclass: 'z',
        digits: '9',
        mnist: '9',
      };
      for (const [split, name] of Object.entries(last)) {
        const file = `emnist-${split}-train-images-idx3-ubyte`;
        const classes = { balanced: 47, bymerge: 47, byclass: 62 }[split] ?? 10;
        await writePart(folder, { name: file, pictures: [BY_ROWS, BY_ROWS], labels: [10 % classes, classes - 1] });
        const { train, test } = await open(join(folder, file));
        assert.equal(test, undefined);
        assert.deepEqual(
          Array.from(train.labels, (label) => train.classes[label]),
          [classes === 10 ? '0' : 'A', name],
        );
      }
      await assert.rejects(dataSourceFor(folder), {
        code: 'INK_DATASET_INVALID',
        message: /contains several files of training pictures: emnist-balanced-train-.*, emnist-bymerge-train-/,
      });
    }));

  it('turns pictures of any size so that columns become rows', () =>
    inTemporaryFolder(async (folder) => {
      const drawn = fc
        .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
        .chain(([height, width, count]) => {
          const values = { minLength: height * width * count, maxLength: height * width * count };
          return fc.tuple(fc.constant({ height, width, count }), fc.uint8Array(values));
        });
      const images = 'emnist-mnist-train-images-idx3-ubyte';
      await fc.assert(
        fc.asyncProperty(drawn, async ([{ height, width, count }, data]) => {
          const labels = new Array<number>(count).fill(0);
          await writePart(folder, { name: images, pictures: [[...data]], labels, sides: [height, width] });
          const { train } = await open(join(folder, images));
          assert.deepEqual(train.shape, [width, height, 1]);
          data.forEach((value, at) => {
            const [picture, place] = [Math.floor(at / (height * width)), at % (height * width)];
            const [row, column] = [Math.floor(place / width), place % width];
            assert.equal(train.images[picture * height * width + column * height + row], value);
          });
        }),
        { numRuns: 40 },
      );
    }));

  it('is inverted where its recipe says so', () =>
    inTemporaryFolder(async (folder) => {
      await writePart(folder, { name: 'train-images-idx3-ubyte', pictures: [BY_ROWS], labels: [0] });
      const source = await dataSourceFor(folder);
      assert.equal(source.kind, 'idx');
      const { train } = await readDataSource({ ...source, inverted: true }, openCharacterReader);
      assert.deepEqual(
        [...train.images],
        BY_ROWS.map((value) => 255 - value),
      );
    }));

  it('is refused for a damaged archive, and for wrong names of classes', () =>
    inTemporaryFolder(async (folder) => {
      const images = join(folder, 'train-images-idx3-ubyte.gz');
      await writePart(folder, { name: 'train-images-idx3-ubyte.gz', pictures: [BY_ROWS], labels: [3] });
      const classes = join(folder, 'classes.txt');
      await writeFile(classes, 'a\nb\n');
      await assert.rejects(
        open(folder),
        /has the label 3 at byte 8, and there are 2 classes\. Name the classes in classes\.txt/,
      );
      await writeFile(classes, 'a\n');
      await assert.rejects(open(folder), { code: 'INK_DATASET_INVALID', message: /but at least two are necessary\.$/ });
      await writeFile(classes, 'a\nb\na\n');
      await assert.rejects(open(folder), { code: 'INK_DATASET_INVALID', message: /but "a" is repeated\.$/ });
      await writeFile(images, gzipSync(Buffer.from('x'.repeat(100))).subarray(0, 12));
      await writeFile(classes, 'a\nb\n');
      await assert.rejects(open(images), {
        code: 'INK_IDX_INVALID',
        message: `${images} cannot be unpacked with gzip.`,
      });
    }));
});
