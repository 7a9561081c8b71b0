import { type Box, gaps } from '../vision/index.js';

export interface SideBySide {
  /** Most by which the heights differ, as a factor. */
  readonly heightFactor: number;
  /** Largest gap across, against the higher one's height. */
  readonly gap: number;
  /** Least share of the lower one's height by which they overlap. */
  readonly overlap: number;
}

/** Whether two signs stand beside one another as signs of one row do. */
export function areSideBySide(a: Box, b: Box, { heightFactor, gap, overlap }: SideBySide): boolean {
  if (Math.max(a.height, b.height) > heightFactor * Math.min(a.height, b.height)) return false;
  const { across, down } = gaps(a, b);
  return -down >= overlap * Math.min(a.height, b.height) && across <= gap * Math.max(a.height, b.height);
}
