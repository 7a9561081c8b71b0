import assert from 'node:assert/strict';
import { findSpots } from '@inkcast/reader/inference';
import { type Box, iou, type Mosaic } from '@inkcast/reader/vision';
import { CELL_VALUES, SPOT_STRIDE } from '@inkcast/shared/spots';
import fc from 'fast-check';
import { NOTHING, type ShownDigit, STEP, spotMap } from './support/spot-map.js';

/** Two octaves of a frame of 160x120. */
const MOSAIC: Mosaic = {
  ...{ width: 160, height: 192, gray: new Uint8Array(160 * 192) },
  tiles: [
    { scale: 1, x: 0, y: 0, width: 160, height: 120 },
    { scale: 2, x: 0, y: 128, width: 80, height: 60 },
  ],
};
const COLUMNS = MOSAIC.width / SPOT_STRIDE;

const around = (x: number, y: number, width: number, height: number): Box => ({
  ...{ x: x - width / 2, y: y - height / 2, width, height },
});
const find = (...digits: readonly ShownDigit[]) => findSpots([spotMap(MOSAIC, digits)], 0);

describe('spots', () => {
  it('have the digit, the log-odds and the box that a map was made of, on any octave', () => {
    const shown = fc.record({
      digit: fc.nat(9),
      logOdds: fc.integer({ min: 0, max: 120 }).map((steps) => steps * STEP),
      scale: fc.constantFrom(1, 2),
      box: fc
        .tuple(
          fc.integer({ min: 4, max: 155 }),
          fc.integer({ min: 4, max: 115 }),
          fc.integer({ min: 8, max: 60 }),
          fc.integer({ min: 8, max: 60 }),
        )
        .map(([x, y, width, height]) => around(x, y, width, height)),
    });
    fc.assert(
      fc.property(shown, (digit) => {
        const [spot, ...more] = find(digit);
        assert.deepEqual(more, []);
        assert.deepEqual([spot.digit, spot.scale, spot.octaves], [digit.digit, digit.scale, 1]);
        assert.ok(Math.abs(spot.score - digit.logOdds) < 1e-4);
        assert.equal(spot.score, spot.logits[digit.digit]);
        assert.ok(spot.logits.every((logit, at) => at === digit.digit || Math.abs(logit - NOTHING) < 1e-4));
        // Half a step of the box's numbers is a 40th of a cell, or of the side's logarithm.
        assert.ok(iou(spot.box, digit.box) > 0.9, String(Object.values(spot.box)));
      }),
    );
  });

  it('are as likely as is asked for, and only those', () => {
    const digit = { digit: 3, scale: 1, box: around(40, 40, 20, 30) };
    assert.equal(find({ ...digit, logOdds: -0.1 }).length, 0);
    assert.equal(find({ ...digit, logOdds: 0 }).length, 1);
  });

  it('are peaks: of cells side by side the likeliest, of equal ones the first', () => {
    const [left, right] = [around(41, 41, 20, 30), around(45, 41, 20, 30)];
    for (const [first, second, digit] of [
      [1, 2, 8],
      [2, 1, 7],
      [2, 2, 7],
    ]) {
      const spots = find(
        { digit: 7, logOdds: first, scale: 1, box: left },
        { digit: 8, logOdds: second, scale: 1, box: right },
      );
      assert.deepEqual(
        spots.map((spot) => spot.digit),
        [digit],
      );
    }
  });

  it('are one where two octaves show the same digit, by the one that shows it better', () => {
    const box = around(60, 60, 30, 40);
    const fine = { digit: 5, logOdds: 1, scale: 1, box };
    const coarse = { digit: 6, logOdds: 3, scale: 2, box: around(61, 60, 30, 40) };
    const [spot, ...more] = find(fine, coarse);
    assert.deepEqual(more, []);
    assert.deepEqual([spot.digit, spot.scale, spot.octaves], [6, 2, 2]);
    const apart = find(fine, { ...coarse, box: around(100, 60, 30, 40) });
    assert.deepEqual(
      apart.map(({ digit, octaves }) => [digit, octaves]),
      [
        [6, 1],
        [5, 1],
      ],
    );
  });

  it('are looked for in tiles, not between them', () => {
    const map = spotMap(MOSAIC, []);
    // The gap between the octaves, and the area to the right of the second one.
    for (const [column, row] of [
      [10, 31],
      [30, 40],
    ]) {
      map.values[(row * COLUMNS + column) * CELL_VALUES + 4] = 90;
    }
    assert.deepEqual(findSpots([map], 0), []);
  });
});
