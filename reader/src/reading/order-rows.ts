import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, middle } from '../vision/index.js';
import { commonSlope } from './row-slope.js';

/** A box in coordinates that are rotated so that its row is horizontal. */
interface Placed<T> {
  readonly item: T;
  readonly box: Box;
  /** Position of the centre along the row and across it, in pixels. */
  readonly along: number;
  readonly across: number;
}

/**
 * Sorts boxes into rows from top to bottom, and each row from left to right. Rows may slope by up to 30 degrees, all of
 * them alike. A row is followed from one box to the next, so it may curve and its digits may differ in size.
 */
export function orderRows<T extends { readonly box: Box }>(items: readonly T[]): T[][] {
  const slope = commonSlope(items.map(({ box }) => box));
  const sloping = rowsAlong(items, slope);
  if (slope === 0) return sloping;
  // Digits that jump up and down look like short sloping rows. Rows that really slope would fall into more rows when
  // taken as horizontal, so the smaller number of rows is right.
  const horizontal = rowsAlong(items, 0);
  return horizontal.length < sloping.length ? horizontal : sloping;
}

function rowsAlong<T extends { readonly box: Box }>(items: readonly T[], slope: number): T[][] {
  const length = Math.hypot(1, slope);
  const placed = items
    .map((item): Placed<T> => {
      const { box } = item;
      const { x, y } = middle(box);
      return { item, box, along: (x + slope * y) / length, across: (y - slope * x) / length };
    })
    .sort((a, b) => a.along - b.along);
  const rows: Placed<T>[][] = [];
  for (const next of placed) {
    const row = closestRow(rows, next);
    if (row === undefined) rows.push([next]);
    else row.push(next);
  }
  return rows.sort((a, b) => meanAcross(a) - meanAcross(b)).map((row) => row.map(({ item }) => item));
}

/**
 * The row that a box continues: among the rows whose last box overlaps it in height, the one with the smallest offset.
 */
function closestRow<T>(rows: readonly Placed<T>[][], next: Placed<T>): Placed<T>[] | undefined {
  let best: Placed<T>[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const last = row[row.length - 1];
    const lower = Math.min(last.box.height, next.box.height);
    const drop = Math.abs(next.across - last.across);
    const shared = Math.min(lower, (last.box.height + next.box.height) / 2 - drop);
    const beside = (last.box.width + next.box.width) / 2 - (next.along - last.along);
    if (
      shared < READER_NUMBERS.rowOverlap.value * lower ||
      beside > READER_NUMBERS.rowAbove.value * Math.min(last.box.width, next.box.width)
    )
      continue;
    if (drop < least) {
      least = drop;
      best = row;
    }
  }
  return best;
}

function meanAcross<T>(row: readonly Placed<T>[]): number {
  return row.reduce((sum, { across }) => sum + across, 0) / row.length;
}
