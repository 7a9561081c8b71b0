import { CELL_VALUES, decodeBox, SPOT_CLASSES, SPOT_STRIDE } from '@inkcast/shared/spots';
import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, iou, type Mosaic, overlap, type Tile } from '../vision/index.js';

/** A place where a spotter sees the centre of a digit. */
export interface Spot {
  /** In pixels of the frame. */
  readonly box: Box;
  /** Log-odds of each digit from 0 to 9. */
  readonly logits: Float32Array;
  /** The likeliest digit. */
  readonly digit: number;
  /** Log-odds of that digit. */
  readonly score: number;
  /** Frame pixels per pixel of the octave that shows it best. */
  readonly scale: number;
  /** Number of octaves that show it. */
  readonly octaves: number;
  /** Log-odds of the likeliest other spot about the same ink; far below 0 if there is none. */
  readonly rival: number;
}

/** A spotter's output for a mosaic: cells row by row, each with the classes' logits and then the numbers of the box. */
export interface SpotMap {
  readonly mosaic: Mosaic;
  readonly values: Int8Array;
  readonly scale: number;
  readonly zeroPoint: number;
}

/**
 * The local maxima of digits' log-odds in the mosaics of a frame.
 *
 * @param minScore minimum log-odds
 */
export const findSpots = (maps: readonly SpotMap[], minScore: number): Spot[] =>
  withRivals(mergeOctaves(maps.flatMap((map) => peaksOf(map, minScore))));

function peaksOf({ mosaic, values, scale, zeroPoint }: SpotMap, minScore: number): Spot[] {
  const columns = mosaic.width / SPOT_STRIDE;
  const least = minScore / scale + zeroPoint;
  const best = likeliest(values, least);
  const spots: Spot[] = [];
  for (const tile of mosaic.tiles) {
    const { firstRow, lastRow, firstColumn, lastColumn } = cellsOf(tile);
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        const cell = row * columns + column;
        if (best[cell] < least || !isPeak(best, cell, columns)) continue;
        const real = Float32Array.from(
          values.subarray(cell * CELL_VALUES, (cell + 1) * CELL_VALUES),
          (value) => (value - zeroPoint) * scale,
        );
        spots.push(spotOf(real, column, row, tile));
      }
    }
  }
  return spots;
}

/** The highest class of each cell that reaches `least`, as few cells do; the lowest value for all others. */
function likeliest(values: Int8Array, least: number): Int8Array {
  const best = new Int8Array(values.length / CELL_VALUES).fill(-128);
  for (let cell = 0, start = 0; cell < best.length; cell++, start += CELL_VALUES) {
    for (let at = start; at < start + SPOT_CLASSES; at++) {
      if (values[at] >= least && values[at] > best[cell]) best[cell] = values[at];
    }
  }
  return best;
}

/** Tells each spot the log-odds of its likeliest rival, that is, another spot about the same ink. */
function withRivals(spots: readonly Spot[]): Spot[] {
  return spots.map((spot) => {
    const others = spots.filter(
      (other) => other !== spot && overlap(other.box, spot.box) > READER_NUMBERS.sameInk.value,
    );
    return { ...spot, rival: Math.max(READER_NUMBERS.nobodyLogOdds.value, ...others.map(({ score }) => score)) };
  });
}

/** If several octaves show the same digit, keeps the best spot. */
function mergeOctaves(spots: readonly Spot[]): Spot[] {
  const merged: Spot[] = [];
  for (const spot of [...spots].sort((a, b) => b.score - a.score)) {
    const at = merged.findIndex(
      (other) => other.scale !== spot.scale && iou(other.box, spot.box) > READER_NUMBERS.sameDigitIou.value,
    );
    if (at < 0) merged.push(spot);
    else merged[at] = { ...merged[at], octaves: merged[at].octaves + 1 };
  }
  return merged;
}

function cellsOf({ x, y, width, height }: Tile) {
  return {
    firstRow: Math.floor(y / SPOT_STRIDE),
    lastRow: Math.floor((y + height - 1) / SPOT_STRIDE),
    firstColumn: Math.floor(x / SPOT_STRIDE),
    lastColumn: Math.floor((x + width - 1) / SPOT_STRIDE),
  };
}

/** Among equal neighbours, the first one is the peak. */
function isPeak(best: Int8Array, cell: number, columns: number): boolean {
  const column = cell % columns;
  for (let down = -1; down <= 1; down++) {
    for (let across = -1; across <= 1; across++) {
      const other = cell + down * columns + across;
      if (column + across < 0 || column + across >= columns || other < 0 || other >= best.length) continue;
      if (best[other] > best[cell] || (best[other] === best[cell] && other < cell)) return false;
    }
  }
  return true;
}

function spotOf(values: Float32Array, column: number, row: number, { x: left, y: top, scale }: Tile): Spot {
  const logits = values.slice(0, SPOT_CLASSES);
  const { x, y, width, height } = decodeBox([...values.subarray(SPOT_CLASSES)], column, row);
  const digit = logits.indexOf(Math.max(...logits));
  const box = {
    x: scale * (x - width / 2 - left),
    y: scale * (y - height / 2 - top),
    width: scale * width,
    height: scale * height,
  };
  return { box, logits, digit, score: logits[digit], scale, octaves: 1, rival: READER_NUMBERS.nobodyLogOdds.value };
}
