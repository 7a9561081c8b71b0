import assert from 'node:assert/strict';
import { isOpenCvNativeInstalled, openOpenCvNative, openOpenCvWasm, openVision } from '@inkcast/device/vision';
import { openKernelVision, type Plane, type VisionOperations, type VisionScope } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import fc from 'fast-check';
import { corners, noise, type Size } from './support/noise.js';

type Work = (scope: VisionScope, plane: Plane) => Plane;

const side = fc.integer({ min: 1, max: 150 });
const seed = fc.nat();

describe("vision's own kernels", () => {
  let kernels: VisionOperations;
  let wasm: VisionOperations;
  before(async () => {
    [kernels, wasm] = [await openVision('kernels'), await openOpenCvWasm()];
  });

  const result = (operations: VisionOperations, { width, height }: Size, of: number, work: Work) =>
    operations.inScope((scope) => {
      const plane = work(scope, scope.plane(width, height, noise(width * height, of)));
      return { width: plane.width, height: plane.height, bytes: scope.bytes(plane) };
    });
  const same = (size: Size, of: number, work: Work): void =>
    assert.deepEqual(result(kernels, size, of, work), result(wasm, size, of, work));

  it('give the bytes of OpenCV for every blur', () => {
    fc.assert(
      fc.property(side, side, seed, fc.integer({ min: 0, max: 40 }), (width, height, of, radius) =>
        same({ width, height }, of, (scope, plane) => scope.blur(plane, 2 * radius + 1)),
      ),
    );
  });

  it('give the bytes of OpenCV for half the size, whether the sides are even or odd', () => {
    fc.assert(
      fc.property(side, side, seed, (width, height, of) =>
        same({ width, height }, of, (scope, plane) => scope.resize(plane, Math.ceil(width / 2), Math.ceil(height / 2))),
      ),
    );
  });

  it('give the bytes of OpenCV for every other size, smaller, larger, or both', () => {
    fc.assert(
      fc.property(side, side, seed, side, side, (width, height, of, across, down) =>
        same({ width, height }, of, (scope, plane) => scope.resize(plane, across, down)),
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(side, side, seed, side, side, (across, down, of, columns, rows) => {
        const [width, height] = [across * (1 + (columns % 6)), down * (1 + (rows % 6))];
        same({ width, height }, of, (scope, plane) => scope.resize(plane, across, down));
      }),
    );
  });

  it('give the bytes of OpenCV for every straightened page', () => {
    fc.assert(
      fc.property(side, side, seed, corners, side, side, (width, height, of, shares, across, down) => {
        const [a, b, c, d] = shares.map(({ x, y }) => ({ x: x * width, y: y * height }));
        same({ width, height }, of, (scope, plane) => scope.straighten(plane, [a, b, c, d], across, down));
      }),
      { numRuns: 300 },
    );
  });

  it('give the bytes of OpenCV for the sizes of cameras', () => {
    for (const [width, height] of [
      [640, 480],
      [1280, 720],
      [1297, 973],
    ]) {
      same({ width, height }, 1, (scope, plane) => scope.resize(plane, Math.ceil(width / 2), Math.ceil(height / 2)));
      same({ width, height }, 2, (scope, plane) => scope.blur(plane, 3));
    }
  });

  const optional = isOpenCvNativeInstalled() ? it : it.skip;
  optional('give the bytes of Debian’s OpenCV, too (optional: skipped without npm run setup:native)', async () => {
    const native = await openOpenCvNative();
    fc.assert(
      fc.property(side, side, seed, side, side, (width, height, of, across, down) => {
        for (const work of [
          (scope: VisionScope, plane: Plane) => scope.resize(plane, across, down),
          (scope: VisionScope, plane: Plane) => scope.blur(plane, 3),
        ]) {
          assert.deepEqual(result(kernels, { width, height }, of, work), result(native, { width, height }, of, work));
        }
      }),
    );
  });

  it('refuse a page whose corners lie on a line, and code that is none', async () => {
    const at = (x: number) => ({ x, y: x });
    const failed = (error: unknown) => error instanceof InkError && error.code === 'INK_VISION_FAILED';
    assert.throws(
      () =>
        result(kernels, { width: 8, height: 8 }, 1, (s, plane) =>
          s.straighten(plane, [at(0), at(2), at(4), at(6)], 4, 4),
        ),
      failed,
    );
    assert.equal(kernels.liveHandles, 0);
    await assert.rejects(openKernelVision(new Uint8Array(8)), failed);
  });
});
