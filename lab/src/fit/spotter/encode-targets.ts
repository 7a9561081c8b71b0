import { BOX_VALUES, encodeBox, SPOT_CLASSES, SPOT_STRIDE } from '@inkcast/shared/spots';
import { targetValues } from '@inkcast/training/engine';
import { isAmbiguous, isPrintedDigit } from '../../synthesis/index.js';
import type { StoredMark } from '../frames/frame-file.js';
import { MAX_SPOT_SIDE, MIN_SPOT_SIDE } from './cut-size.js';

/** A mark in pixels of a cut. */
export type PlacedMark = StoredMark;

/** Values of one cell: the heats of the classes, the weight of the heat, the box, the weight of the box. */
export const TARGET_VALUES = targetValues({ kind: 'spots', classes: SPOT_CLASSES });
export const HEAT_WEIGHT = SPOT_CLASSES;
const BOX = HEAT_WEIGHT + 1;
const BOX_WEIGHT = BOX + BOX_VALUES;

/** The targets of a cut: cells row by row, `TARGET_VALUES` each. */
export type SpotTargets = Float32Array;

/** Digits outside of the size range are ignored up to these factors. Larger digits count as none. */
const BLURRED_BELOW = 0.5;
const OPEN_ABOVE = 1.6;
/** A digit that extends beyond the cut by more than this share of a side counts as truncated. */
const MAX_CUT_OFF = 0.12;
/** A digit with a smaller share of its ink in the frame is optional. */
const MIN_WITHIN_FRAME = 0.7;
/** Standard deviation of the heat around a centre, relative to the side of the box, and its minimum in cells. */
const HEAT_SPREAD = 1 / 6;
const MIN_HEAT_SPREAD_CELLS = 0.7;

/** How much it counts that a digit in print is none: a neat hand looks much like it. */
const PRINTED_WEIGHT = 0.4;

type Fate = 'digit' | 'left-out' | 'printed' | 'none';

/** @param side of the cut in pixels, a multiple of the spotter's stride */
export function encodeTargets(marks: readonly PlacedMark[], side: number): SpotTargets {
  const cells = side / SPOT_STRIDE;
  const targets = new Float32Array(cells * cells * TARGET_VALUES);
  for (let cell = 0; cell < cells * cells; cell++) targets[cell * TARGET_VALUES + HEAT_WEIGHT] = 1;
  for (const mark of marks) if (fateOf(mark, side) === 'printed') weigh(targets, cells, mark, PRINTED_WEIGHT);
  for (const mark of marks) if (fateOf(mark, side) === 'left-out') weigh(targets, cells, mark, 0);
  for (const mark of marks) if (fateOf(mark, side) === 'digit') addDigit(targets, cells, mark);
  return targets;
}

function fateOf({ label, box, within, inWord }: PlacedMark, side: number): Fate {
  const { x, y, width, height } = box;
  if (x + width < 0 || y + height < 0 || x > side || y > side) return 'none';
  if (isPrintedDigit(label)) return 'printed';
  if (isAmbiguous(label)) return inWord ? 'none' : 'left-out';
  if (!/^[0-9]$/.test(label)) return 'none';
  if (within < MIN_WITHIN_FRAME) return 'left-out';
  const longer = Math.max(width, height);
  if (longer > OPEN_ABOVE * MAX_SPOT_SIDE) return 'none';
  const isSeen = longer >= MIN_SPOT_SIDE && longer <= MAX_SPOT_SIDE && height >= MIN_SPOT_SIDE * 0.8;
  if (!isSeen) return longer < BLURRED_BELOW * MIN_SPOT_SIDE ? 'none' : 'left-out';
  const [overX, overY] = [MAX_CUT_OFF * width, MAX_CUT_OFF * height];
  const isWhole = x > -overX && y > -overY && x + width < side + overX && y + height < side + overY;
  const isCentreIn = x + width / 2 >= 0 && x + width / 2 < side && y + height / 2 >= 0 && y + height / 2 < side;
  return isWhole && isCentreIn ? 'digit' : 'left-out';
}

function weigh(targets: SpotTargets, cells: number, { box }: PlacedMark, weight: number): void {
  const [left, top] = [Math.max(0, Math.floor(box.x / SPOT_STRIDE)), Math.max(0, Math.floor(box.y / SPOT_STRIDE))];
  const right = Math.min(cells - 1, Math.floor((box.x + box.width) / SPOT_STRIDE));
  const bottom = Math.min(cells - 1, Math.floor((box.y + box.height) / SPOT_STRIDE));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++)
      targets[(row * cells + column) * TARGET_VALUES + HEAT_WEIGHT] = weight;
  }
}

function addDigit(targets: SpotTargets, cells: number, { label, box }: PlacedMark): void {
  const centred = { ...box, x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const [atX, atY] = [centred.x / SPOT_STRIDE, centred.y / SPOT_STRIDE];
  const [column, row] = [Math.floor(atX), Math.floor(atY)];
  const spreadX = Math.max(MIN_HEAT_SPREAD_CELLS, (HEAT_SPREAD * box.width) / SPOT_STRIDE);
  const spreadY = Math.max(MIN_HEAT_SPREAD_CELLS, (HEAT_SPREAD * box.height) / SPOT_STRIDE);
  const [reachX, reachY] = [Math.ceil(3 * spreadX), Math.ceil(3 * spreadY)];
  const digit = Number(label);
  for (let y = Math.max(0, row - reachY); y <= Math.min(cells - 1, row + reachY); y++) {
    for (let x = Math.max(0, column - reachX); x <= Math.min(cells - 1, column + reachX); x++) {
      const distance = ((x + 0.5 - atX) / spreadX) ** 2 + ((y + 0.5 - atY) / spreadY) ** 2;
      const heat = x === column && y === row ? 1 : Math.exp(-distance / 2);
      const start = (y * cells + x) * TARGET_VALUES;
      targets[start + digit] = Math.max(targets[start + digit], heat);
      if (Math.abs(x - column) > 1 || Math.abs(y - row) > 1) continue;
      // If the centres of two digits are close, each cell gets the box of the nearer digit.
      const weight = x === column && y === row ? 1 : 0.5;
      if (targets[start + BOX_WEIGHT] > weight) continue;
      targets.set(encodeBox(centred, x, y), start + BOX);
      targets[start + BOX_WEIGHT] = weight;
    }
  }
}
