import assert from 'node:assert/strict';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { InkError } from '@inkcast/shared/errors';
import { type Dataset, DIGIT_SHAPE } from '@inkcast/training/data';
import {
  decodeReplay,
  decodeVerifierReplay,
  encodeReplay,
  encodeVerifierReplay,
  joinDatasets,
  type ReplaySet,
} from '@inkcast/training/replay';
import fc from 'fast-check';

const CLASSES = ['0', '1', 'none'];

function pictures(name: string, labels: readonly number[]): Dataset {
  const images = Uint8Array.from({ length: 784 * labels.length }, (_, at) => (at * 31) % 251);
  return { name, shape: DIGIT_SHAPE, images, labels: Uint16Array.from(labels), classes: CLASSES, sha256: {} };
}

const SET: ReplaySet = {
  learn: pictures('learn', [0, 1, 2]),
  hardTest: pictures('hardTest', [1]),
  negatives: pictures('negatives', [2, 2]),
};

const isRefused = (error: unknown): boolean => error instanceof InkError && error.code === 'INK_DATASET_INVALID';

describe('a replay set', () => {
  it('comes out of its file as it went in', () => {
    const found = decodeReplay(encodeReplay(SET), 'replay.bin');
    for (const part of ['learn', 'hardTest', 'negatives'] as const) {
      assert.deepEqual(found[part].images, SET[part].images);
      assert.deepEqual(found[part].labels, SET[part].labels);
      assert.deepEqual(found[part].classes, CLASSES);
    }
  });

  it('comes out of a file in gzip, too, as the static site has it', () => {
    const file = gzipSync(brotliDecompressSync(encodeReplay(SET)));
    assert.deepEqual(decodeReplay(file, 'replay.bin').learn.images, SET.learn.images);
    assert.throws(() => decodeReplay(file.subarray(0, -20), 'replay.bin'), isRefused);
  });

  it('is refused where its file is anything else', () => {
    const header =
      '{"format":"inkcast-replay","version":1,"classes":["0","1"],"parts":{"learn":1,"hardTest":0,"negatives":0}}\n';
    const wrong = ['', '{}\n', header, `${header}\x05${'\0'.repeat(784)}`].map((text) => brotliCompressSync(text));
    for (const file of [...wrong, Buffer.from('no Brotli')])
      assert.throws(() => decodeReplay(file, 'replay.bin'), isRefused);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const file of [bytes, brotliCompressSync(bytes)])
          assert.throws(() => decodeReplay(file, 'replay.bin'), isRefused);
      }),
    );
  });

  it('of a verifier comes out of its file, and is not taken for that of a classifier', () => {
    const part = (labels: readonly number[]): Dataset => ({
      ...pictures('around', labels),
      shape: [20, 20, 1],
      images: Uint8Array.from({ length: 400 * labels.length }, (_, at) => (at * 17) % 253),
    });
    const set = { learn: part([0, 1]), check: part([2]), negatives: part([]) };
    const file = encodeVerifierReplay(set);
    const found = decodeVerifierReplay(file, 'verifier-replay.bin');
    for (const name of ['learn', 'check', 'negatives'] as const) {
      assert.deepEqual(found[name].images, set[name].images);
      assert.deepEqual(found[name].labels, set[name].labels);
      assert.deepEqual(found[name].shape, [20, 20, 1]);
    }
    assert.throws(() => decodeReplay(file, 'replay.bin'), isRefused);
    assert.throws(() => decodeVerifierReplay(encodeReplay(SET), 'verifier-replay.bin'), isRefused);
  });

  it('is joined with other pictures by the names of their classes, and not with those of an unknown one', () => {
    const joined = joinDatasets('both', ['none', '1', '0'], [SET.learn, SET.hardTest]);
    assert.deepEqual([...joined.labels], [2, 1, 0, 1]);
    assert.equal(joined.images.length, 4 * 784);
    assert.throws(() => joinDatasets('both', ['0', '1'], [SET.learn]), isRefused);
  });
});
