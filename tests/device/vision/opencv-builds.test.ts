import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePicture } from '@inkcast/device/camera';
import { isOpenCvNativeInstalled, openOpenCvNative, openOpenCvWasm, openVision } from '@inkcast/device/vision';
import { candidateWithin, type LumaFrame, makeMosaics, Pyramid, type VisionOperations } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';

const square = { width: 16, height: 16 };
/** White paper with one black square of 4 x 4 pixels at (6, 6). */
function paper(): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, at) => {
    const x = at % 16;
    const y = Math.floor(at / 16);
    return x >= 6 && x < 10 && y >= 6 && y < 10 ? 0 : 255;
  });
}

/** What either build makes of a frame: its octaves in two pictures, and the ink in boxes all over it. */
function lookAt(operations: VisionOperations, frame: LumaFrame, side: number) {
  return operations.inScope((scope) => {
    const pyramid = new Pyramid(scope, frame);
    const boxes = Array.from({ length: Math.floor(frame.width / side) * Math.floor(frame.height / side) }, (_, at) => {
      const columns = Math.floor(frame.width / side);
      return { x: (at % columns) * side, y: Math.floor(at / columns) * side, width: side, height: side };
    });
    const candidates = boxes.flatMap((box) => candidateWithin(operations, pyramid, box, 2) ?? []);
    return { mosaics: makeMosaics(pyramid), candidates };
  });
}

// The native build is optional. Without npm run setup:native, its tests are skipped, also with CI=true.
const builds = [
  { title: 'OpenCV as WASM', isInstalled: true, open: openOpenCvWasm },
  { title: 'kernels of our own', isInstalled: true, open: () => openVision('kernels') },
  {
    title: 'OpenCV as Debian builds it (optional: skipped without npm run setup:native)',
    isInstalled: isOpenCvNativeInstalled(),
    open: openOpenCvNative,
  },
];

for (const { title, isInstalled, open } of builds) {
  (isInstalled ? describe : describe.skip)(title, () => {
    let operations: VisionOperations;
    before(async () => {
      operations = await open();
    });

    it('straightens a quadrilateral', () => {
      operations.inScope((scope) => {
        const plane = scope.plane(square.width, square.height, paper());
        const corners = [
          { x: 6, y: 6 },
          { x: 10, y: 6 },
          { x: 10, y: 10 },
          { x: 6, y: 10 },
        ] as const;
        const whole = scope.straighten(plane, [corners[0], corners[1], corners[2], corners[3]], 8, 8);
        assert.deepEqual([whole.width, whole.height], [8, 8]);
        const bytes = scope.bytes(whole);
        assert.equal(bytes[3 * 8 + 3], 0);
      });
    });

    it('frees what a scope made when the work ends, when it throws, and when OpenCV refuses', () => {
      const leave = new Error('half way');
      const failing = () =>
        operations.inScope((scope) => {
          scope.blur(scope.plane(16, 16, paper()), 3);
          assert.ok(operations.liveHandles > 0);
          throw leave;
        });
      assert.throws(failing, leave);
      assert.equal(operations.liveHandles, 0);
      assert.throws(
        () => operations.inScope((scope) => scope.blur(scope.plane(16, 16, paper()), 4)),
        (error) => error instanceof InkError && error.code === 'INK_VISION_FAILED',
      );
      assert.equal(operations.liveHandles, 0);
    });

    it('refuses a plane of a scope that has ended', () => {
      const stale = operations.inScope((scope) => scope.plane(16, 16, paper()));
      assert.throws(
        () => operations.inScope((scope) => scope.blur(stale, 3)),
        (error) => error instanceof InkError && error.code === 'INK_VISION_FAILED',
      );
    });

    it('holds nothing and grows no further over 10,000 frames', function () {
      this.timeout(120_000);
      const frame = { width: 32, height: 32, gray: new Uint8Array(1024).fill(200) };
      for (let y = 8; y < 24; y++) frame.gray.fill(20, y * 32 + 15, y * 32 + 18);
      const run = (frames: number) => {
        for (let i = 0; i < frames; i++) lookAt(operations, frame, 32);
      };
      run(1000);
      const before = operations.heapBytes;
      run(9000);
      assert.equal(operations.liveHandles, 0);
      assert.equal(operations.heapBytes, before);
    });
  });
}

describe('the choice of a build', () => {
  it('takes the native one where it is installed', async () => {
    const refusals: string[] = [];
    const chosen = await openVision('auto', (error) => refusals.push(error.message));
    assert.equal(chosen.build, isOpenCvNativeInstalled() ? 'native' : 'wasm');
    assert.deepEqual(refusals, []);
    assert.equal((await openVision('wasm')).build, 'wasm');
  });

  it('takes the kernels on a small machine, and where no native library exists', async () => {
    const GIGABYTE = 1e9;
    const build = async (memoryBytes: number, hasNativeLibraries: boolean) => {
      const operations = await openVision('auto', () => {}, { memoryBytes, hasNativeLibraries });
      return operations.build;
    };
    const small = isOpenCvNativeInstalled() ? 'native' : 'kernels';
    assert.equal(await build(0.4 * GIGABYTE, true), small);
    assert.equal(await build(4 * GIGABYTE, false), small);
    assert.equal(await build(0.92 * GIGABYTE, true), isOpenCvNativeInstalled() ? 'native' : 'wasm');
  });

  it('changes no byte of an octave or a crop between OpenCV and the kernels', () =>
    sameOnScenes(() => openVision('kernels')));

  const optional = isOpenCvNativeInstalled() ? it : it.skip;
  optional('changes no byte of an octave or a crop (optional: skipped without npm run setup:native)', () =>
    sameOnScenes(openOpenCvNative),
  );
});

/** Compares what a build makes of the scenes with what OpenCV as WASM does. */
async function sameOnScenes(open: () => Promise<VisionOperations>): Promise<void> {
  const [wasm, other] = [await openOpenCvWasm(), await open()];
  const folder = fileURLToPath(new URL('../../../assets/scenes/photos', import.meta.url));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  assert.ok(names.length > 0);
  for (const name of names) {
    const frame = await decodePicture(join(folder, name));
    const expected = lookAt(wasm, frame, 80);
    assert.ok(expected.candidates.length > 0, name);
    assert.deepEqual(lookAt(other, frame, 80), expected, name);
  }
}
