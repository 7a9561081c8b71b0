import assert from 'node:assert/strict';
import { CUT_SIDE, encodeTargets, HEAT_WEIGHT, TARGET_VALUES } from '@inkcast/lab/fit';
import { BOX_VALUES, decodeBox, SPOT_CLASSES, SPOT_STRIDE } from '@inkcast/shared/spots';
import fc from 'fast-check';
import { markOf } from './support/frame.js';

const CELLS = CUT_SIDE / SPOT_STRIDE;

/** What the cell at a pixel is taught. */
function cellAt(targets: Float32Array, x: number, y: number) {
  const [column, row] = [Math.floor(x / SPOT_STRIDE), Math.floor(y / SPOT_STRIDE)];
  const start = (row * CELLS + column) * TARGET_VALUES;
  const values = [...targets.subarray(start, start + TARGET_VALUES)];
  return {
    column,
    row,
    heat: values.slice(0, SPOT_CLASSES),
    weight: values[HEAT_WEIGHT],
    box: values.slice(HEAT_WEIGHT + 1, HEAT_WEIGHT + 1 + BOX_VALUES),
    boxWeight: values[HEAT_WEIGHT + 1 + BOX_VALUES],
  };
}

const side = fc.double({ min: 12, max: 46, noNaN: true });
const middle = fc.double({ min: 25, max: CUT_SIDE - 25, noNaN: true });

describe('the targets of a cut for a spotter', () => {
  it('is heat 1 of its digit at its centre, and its box there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), middle, middle, side, side, (digit, x, y, width, height) => {
        const targets = encodeTargets([markOf(String(digit), x - width / 2, y - height / 2, width, height)], CUT_SIDE);
        const { column, row, heat, weight, box, boxWeight } = cellAt(targets, x, y);
        assert.deepEqual(
          heat,
          Array.from({ length: SPOT_CLASSES }, (_, at) => (at === digit ? 1 : 0)),
        );
        assert.deepEqual([weight, boxWeight], [1, 1]);
        const told = decodeBox(box, column, row);
        for (const [is, wanted] of [
          [told.x, x],
          [told.y, y],
          [told.width, width],
          [told.height, height],
        ]) {
          assert.ok(Math.abs(is - wanted) < 1e-3, `${is} for ${wanted}`);
        }
        assert.equal(targets.filter((value, at) => at % TARGET_VALUES < SPOT_CLASSES && value === 1).length, 1);
      }),
    );
  });

  it('is nothing of a letter that may be a digit, of one that the cut or the frame cuts off, or of one that is too large', () => {
    const whole = markOf('3', 40, 40, 20, 30);
    for (const mark of [
      { ...whole, label: 'O' },
      { ...whole, within: 0.4 },
      markOf('3', -12, 40, 20, 30),
      markOf('3', 10, 10, 50, 60),
    ]) {
      const targets = encodeTargets([mark], CUT_SIDE);
      const { heat, weight } = cellAt(targets, Math.max(0, mark.box.x) + 6, mark.box.y + 6);
      assert.equal(weight, 0, mark.label);
      assert.ok(heat.every((value) => value === 0));
    }
  });

  it('is with less weight that nothing is there of a digit in print', () => {
    const targets = encodeTargets([markOf('printed 3', 40, 40, 20, 30)], CUT_SIDE);
    const { heat, weight } = cellAt(targets, 50, 55);
    assert.ok(weight > 0 && weight < 1);
    assert.ok(heat.every((value) => value === 0));
    assert.equal(cellAt(targets, 20, 20).weight, 1);
  });

  it('is that nothing is there of other signs, of letters of words, and of what is far too large or small', () => {
    const whole = markOf('x', 40, 40, 20, 30);
    for (const mark of [
      whole,
      { ...whole, label: 'O', inWord: true },
      markOf('3', 0, 0, 90, 120),
      markOf('3', 40, 40, 4, 5),
    ]) {
      const targets = encodeTargets([mark], CUT_SIDE);
      assert.ok(targets.every((value, at) => value === (at % TARGET_VALUES === HEAT_WEIGHT ? 1 : 0)));
    }
  });
});
