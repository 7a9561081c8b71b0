import assert from 'node:assert/strict';
import { openOpenCvWasm } from '@inkcast/device/vision';
import { type Mosaic, makeMosaics, Pyramid, type Tile, type VisionOperations } from '@inkcast/reader/vision';
import fc from 'fast-check';

/** Pixels around each tile that repeat its edge, if they are in the mosaic. */
const REPEATED = 4;

const frame = fc
  .tuple(fc.integer({ min: 16, max: 300 }), fc.integer({ min: 16, max: 300 }), fc.nat(250))
  .map(([width, height, seed]) => ({
    width,
    height,
    gray: Uint8Array.from({ length: width * height }, (_, at) => ((at + seed) * 2_654_435_761) >>> 24),
  }));

const within = (tile: Tile, x: number, y: number, margin: number): boolean =>
  x >= tile.x - margin && y >= tile.y - margin && x < tile.x + tile.width + margin && y < tile.y + tile.height + margin;

describe('the mosaics', () => {
  let operations: VisionOperations;
  before(async () => {
    operations = await openOpenCvWasm();
  });

  it('hold every octave, the finest alone, their edges repeated, and in no pixel two of them', () => {
    fc.assert(
      fc.property(frame, fc.constantFrom(1, 2), (given, finest) => {
        operations.inScope((scope) => {
          const pyramid = new Pyramid(scope, given);
          const mosaics = makeMosaics(pyramid, finest);
          const tiles = mosaics.flatMap((mosaic) => mosaic.tiles);
          assert.deepEqual(
            tiles.map(({ scale }) => scale),
            tiles.map((_, octave) => finest * 2 ** octave),
          );
          assert.deepEqual([mosaics.length, mosaics[0].tiles.length], [Math.min(2, tiles.length), 1]);
          const coarsest = tiles[tiles.length - 1];
          assert.ok(tiles.length === 1 || Math.max(coarsest.width, coarsest.height) >= 20);
          assert.ok(Math.max(coarsest.width, coarsest.height) / 2 < 20);
          for (const mosaic of mosaics) checkMosaic(mosaic, pyramid);
        });
      }),
      { numRuns: 40 },
    );
    assert.equal(operations.liveHandles, 0);
  });
});

function checkMosaic({ width, height, gray, tiles }: Mosaic, pyramid: Pyramid): void {
  assert.deepEqual([width % 16, height % 16, gray.length], [0, 0, width * height]);
  for (const tile of tiles) {
    const level = pyramid.level(tile.scale);
    assert.deepEqual([tile.width, tile.height], [level.width, level.height]);
    assert.ok(tile.x >= 0 && tile.y >= 0 && tile.x + tile.width <= width && tile.y + tile.height <= height);
  }
  const held = (limit: number, place: number): number => Math.min(limit - 1, Math.max(0, place));
  for (let at = 0; at < gray.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const around = tiles.filter((tile) => within(tile, x, y, REPEATED));
    assert.ok(around.length <= 1, `(${x}, ${y}) is at ${around.length} tiles`);
    const [tile] = around;
    const expected =
      tile === undefined
        ? 0
        : pyramid.level(tile.scale).bytes[held(tile.height, y - tile.y) * tile.width + held(tile.width, x - tile.x)];
    if (gray[at] !== expected) assert.fail(`(${x}, ${y}) is ${gray[at]}, not ${expected}`);
  }
}
