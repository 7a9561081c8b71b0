import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeFrames, FrameWriter, readFrames, type StoredFrame } from '@inkcast/lab/fit';
import fc from 'fast-check';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const PLAIN = { noNullPrototype: true };
const place = fc.double({ min: -100, max: 2000, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const mark = fc.record(
  {
    label: fc.string({ minLength: 1 }),
    box: fc.record({ x: place, y: place, width: place, height: place }, PLAIN),
    within: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
    inWord: fc.boolean(),
  },
  PLAIN,
);
const frame: fc.Arbitrary<StoredFrame> = fc
  .record(
    {
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 12 }),
      kind: fc.string(),
      marks: fc.array(mark, { maxLength: 4 }),
    },
    PLAIN,
  )
  .chain((head) => {
    const pixels = head.width * head.height;
    return fc.uint8Array({ minLength: pixels, maxLength: pixels }).map((gray): StoredFrame => ({ ...head, gray }));
  });

const plain = (frames: readonly StoredFrame[]) => frames.map(({ gray, ...head }) => ({ ...head, gray: [...gray] }));

describe('a file of frames', () => {
  it('holds what was written, and wherever it is cut off, the frames that are whole', () =>
    inTemporaryFolder(async (folder) => {
      const path = join(folder, 'some.frames');
      await fc.assert(
        fc.asyncProperty(
          fc.array(frame, { minLength: 1, maxLength: 4 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (frames, share) => {
            const writer = await FrameWriter.create(path);
            for (const each of frames) await writer.write(each);
            await writer.close();
            assert.deepEqual(plain(await readFrames(path)), plain(frames));
            const bytes = await readFile(path);
            const short = decodeFrames(bytes.subarray(0, Math.floor(share * (bytes.length - 1))), 'short');
            assert.ok(short.length < frames.length);
            assert.deepEqual(plain(short), plain(frames.slice(0, short.length)));
            const most = decodeFrames(bytes.subarray(0, bytes.length - 1), 'short');
            assert.equal(most.length, frames.length - 1);
          },
        ),
        { numRuns: 50 },
      );
    }));

  it('is refused by name where it is something else', () => {
    const text = Buffer.from('{"width":1}');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    assert.throws(() => decodeFrames(Buffer.concat([length, text]), 'odd.frames'), {
      code: 'INK_DATASET_INVALID',
      message: /odd.frames/,
    });
  });
});
