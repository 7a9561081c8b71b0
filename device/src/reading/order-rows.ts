import type { Box } from '../vision/index.js';

/** Steepest line of digits, as the tangent of 30 degrees. */
const STEEPEST = Math.tan(Math.PI / 6);
/** Share of the lower box's height by which two neighbours of a row overlap at least. */
const ROW_OVERLAP = 0.4;

/**
 * Sorts boxes into rows, from top to bottom, each from left to right. Rows may slope by up to 30 degrees, all of them
 * alike: the slope is the median one between each box and its nearest neighbour to the right.
 */
export function orderRows<T extends { readonly box: Box }>(items: readonly T[]): T[][] {
  const slope = commonSlope(items.map(({ box }) => box));
  const placed = items
    .map((item) => ({ item, level: centreY(item.box) - slope * centreX(item.box) }))
    .sort((a, b) => a.level - b.level);
  const rows: { item: T; level: number }[][] = [];
  for (const entry of placed) {
    const row = rows.at(-1);
    if (row !== undefined && sharesRow(row, entry)) row.push(entry);
    else rows.push([entry]);
  }
  return rows.map((row) => row.map(({ item }) => item).sort((a, b) => centreX(a.box) - centreX(b.box)));
}

/** Whether an entry's height overlaps the row's, which is the mean of its members. */
function sharesRow<T extends { readonly box: Box }>(
  row: readonly { readonly item: T; readonly level: number }[],
  entry: { readonly item: T; readonly level: number },
): boolean {
  const level = row.reduce((sum, member) => sum + member.level, 0) / row.length;
  const height = row.reduce((sum, member) => sum + member.item.box.height, 0) / row.length;
  const own = entry.item.box.height;
  const shared =
    Math.min(level + height / 2, entry.level + own / 2) - Math.max(level - height / 2, entry.level - own / 2);
  return shared >= ROW_OVERLAP * Math.min(height, own);
}

function commonSlope(boxes: readonly Box[]): number {
  const slopes = boxes.flatMap((box) => {
    const next = nearestToTheRight(box, boxes);
    if (next === undefined) return [];
    return [(centreY(next) - centreY(box)) / (centreX(next) - centreX(box))];
  });
  if (slopes.length < 2) return 0;
  slopes.sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)];
}

/** The nearest box that could stand next in the same row. */
function nearestToTheRight(box: Box, boxes: readonly Box[]): Box | undefined {
  let nearest: Box | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const other of boxes) {
    const across = centreX(other) - centreX(box);
    const down = Math.abs(centreY(other) - centreY(box));
    if (other === box || across <= 0 || down > STEEPEST * across) continue;
    const distance = across + 2 * down;
    if (distance < least) {
      least = distance;
      nearest = other;
    }
  }
  return nearest;
}

function centreX(box: Box): number {
  return box.x + box.width / 2;
}

function centreY(box: Box): number {
  return box.y + box.height / 2;
}
