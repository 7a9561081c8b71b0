import assert from 'node:assert/strict';
import { PgmCutter, Yuv420Cutter } from '@inkcast/device/camera';
import { InkError } from '@inkcast/shared/errors';
import fc from 'fast-check';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Pictures of these sizes with pixels that differ between them. */
const makePicture = (width: number, height: number, number: number): Picture => ({
  width,
  height,
  gray: Uint8Array.from({ length: width * height }, (_, at) => (at * 31 + number * 17) % 251),
});

/** Rows padded with 0xee, then two chroma planes of 0xdd. */
function yuv420(pictures: readonly Picture[], rowBytes: number): Buffer {
  return Buffer.concat(
    pictures.map(({ width, height, gray }) => {
      const bytes = Buffer.alloc((rowBytes * height * 3) / 2, 0xdd).fill(0xee, 0, rowBytes * height);
      for (let row = 0; row < height; row++) bytes.set(gray.subarray(row * width, (row + 1) * width), row * rowBytes);
      return bytes;
    }),
  );
}

const pgm = (pictures: readonly Picture[]) =>
  Buffer.concat(pictures.flatMap(({ width, height, gray }) => [Buffer.from(`P5\n${width} ${height}\n255\n`), gray]));

/** Cuts a stream into chunks of these sizes, over and over. */
function chunksOf(stream: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < stream.length; at += chunks.at(-1)?.length ?? 0) {
    chunks.push(stream.subarray(at, at + sizes[chunks.length % sizes.length]));
  }
  return chunks;
}

const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 });
const half = fc.integer({ min: 1, max: 12 });

describe('cutting pictures from a stream', () => {
  it('takes the luma of YUV420 pictures, whatever the padding of rows and wherever chunks end', () =>
    fc.assert(
      fc.property(half, half, fc.integer({ min: 0, max: 9 }), sizes, (halfWidth, halfHeight, padding, cuts) => {
        const [width, height, rowBytes] = [halfWidth * 2, halfHeight * 2, (halfWidth + padding) * 2];
        const pictures = [0, 1, 2].map((number) => makePicture(width, height, number));
        const cutter = new Yuv420Cutter({ width, height, rowBytes });
        const found = chunksOf(yuv420(pictures, rowBytes), cuts).flatMap((chunk) => cutter.push(chunk));
        assert.deepEqual(found, pictures);
      }),
    ));

  it('field report 12: says so where rows are longer or shorter than they are read as, and what they are', () => {
    const [width, height, trueRowBytes] = [320, 48, 384];
    const gray = Uint8Array.from({ length: width * height }, (_, at) => (at % width) * 0.5 + ((at / width) & 15) * 6);
    const stream = yuv420([{ width, height, gray }], trueRowBytes);
    assert.deepEqual(new Yuv420Cutter({ width, height, rowBytes: trueRowBytes }).push(stream)[0].gray, gray);
    for (const [rowBytes, remedy] of [
      [320, 'Set camera.rowBytes to 384, or choose another camera.width.'],
      [512, 'Choose another camera.width.'],
    ] as const) {
      const filled = Buffer.concat([stream, stream]);
      assert.throws(() => new Yuv420Cutter({ width, height, rowBytes }).push(filled), {
        code: 'INK_CAMERA_TORN',
        message: `The camera's pictures are torn: their rows seem to be 384 bytes long, and are read as ${rowBytes}.`,
        remedy,
      });
    }
  });

  it('takes PGM pictures whose size changes in mid-stream, wherever chunks end', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(half, half), { maxLength: 5 }), sizes, (shapes, cuts) => {
        const pictures = shapes.map(([width, height], number) => makePicture(width, height, number));
        const cutter = new PgmCutter();
        const found = chunksOf(pgm(pictures), cuts).flatMap((chunk) => cutter.push(chunk));
        assert.deepEqual(found, pictures);
      }),
    ));

  it('gives each picture memory of its own', () => {
    const pictures = [0, 1].map((number) => makePicture(4, 2, number));
    const stream = yuv420(pictures, 4);
    const [first, second] = new Yuv420Cutter({ width: 4, height: 2, rowBytes: 4 }).push(stream);
    stream.fill(0);
    assert.deepEqual([first, second], pictures);
  });

  it('says so when a stream is out of step', () => {
    for (const stream of ['P6\n2 2\n255\n and then no PGM, but something else', 'P5\n99999 2\n255\n']) {
      assert.throws(
        () => new PgmCutter().push(Buffer.from(stream)),
        (error) => error instanceof InkError && error.code === 'INK_CAMERA_FAILED',
      );
    }
  });
});
