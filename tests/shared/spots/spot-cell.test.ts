import assert from 'node:assert/strict';
import { BOX_VALUES, CELL_VALUES, decodeBox, encodeBox, SPOT_CLASSES, SPOT_STRIDE } from '@inkcast/shared/spots';
import fc from 'fast-check';

const place = fc.double({ min: 0, max: 640, noNaN: true });
const side = fc.double({ min: 1, max: 640, noNaN: true });
const box = fc.record({ x: place, y: place, width: side, height: side });

describe('a cell of a spotter', () => {
  it('decodes to the box that was encoded, in any cell', () => {
    fc.assert(
      fc.property(box, fc.nat(160), fc.nat(160), (given, column, row) => {
        const values = encodeBox(given, column, row);
        assert.equal(values.length, BOX_VALUES);
        const decoded = decodeBox(values, column, row);
        for (const name of ['x', 'y', 'width', 'height'] as const) {
          assert.ok(Math.abs(decoded[name] - given[name]) < 1e-6 * (1 + given[name]), name);
        }
      }),
    );
  });

  it('has zeros for a box of 20 pixels about its own centre', () => {
    const own = { x: SPOT_STRIDE * 3.5, y: SPOT_STRIDE * 7.5, width: 20, height: 20 };
    assert.deepEqual(encodeBox(own, 3, 7), [0, 0, 0, 0]);
    assert.equal(CELL_VALUES, SPOT_CLASSES + BOX_VALUES);
  });
});
