import type { Random } from '@inkcast/training/random';
import { chance } from '../draws.js';

/** A sheet that slides into view, stays for a while, and is covered by the next one. Times are in milliseconds. */
export interface Showing {
  /** The rows that it shows; empty for a blank sheet. */
  readonly rows: readonly string[];
  /** When it begins to slide into view, when it lies still, and when the next one begins to cover it. */
  readonly enters: number;
  readonly lies: number;
  readonly leaves: number;
  /** Side that it comes from. */
  readonly from: 'left' | 'right';
  readonly disturbances: readonly Disturbance[];
}

/** A disturbance of the picture of a sheet. */
export interface Disturbance {
  readonly kind: 'hand' | 'focus' | 'exposure';
  readonly begins: number;
  readonly ends: number;
  /** 0 to 1: the hand's place across its way, the depth of the blur, dark to bright. */
  readonly strength: number;
}

/** Probabilities of a blank sheet, of a sheet that is removed at once, and of a second row. */
const BLANK = 0.2;
const HASTY = 0.12;
const SECOND_ROW = 0.15;
/** Minimum time between a disturbance and the moment when a sheet comes to rest or leaves. */
const QUIET = 200;

/** Sheets one after the other until `duration` milliseconds are full. */
export function composeTimeline(duration: number, random: Random): Showing[] {
  const showings: Showing[] = [];
  let enters = 0;
  while (enters < duration) {
    const blank = showings.length === 0 || (chance(random, BLANK) && showings[showings.length - 1].rows.length > 0);
    const slide = showings.length === 0 ? 0 : random.uniform(400, 900);
    const stay = chance(random, HASTY) ? random.uniform(600, 1600) : random.uniform(2300, 6500);
    const lies = enters + slide;
    const leaves = lies + (blank ? random.uniform(1500, 3500) : stay);
    showings.push({
      rows: blank ? [] : numbers(random),
      enters,
      lies,
      leaves,
      from: chance(random, 0.5) ? 'left' : 'right',
      disturbances: disturb(lies, leaves, random),
    });
    enters = leaves;
  }
  return showings;
}

function numbers(random: Random): string[] {
  const number = (most: number): string =>
    Array.from({ length: 1 + random.integer(most) }, () => String(random.integer(10))).join('');
  return chance(random, SECOND_ROW) ? [number(4), number(4)] : [number(6)];
}

function disturb(lies: number, leaves: number, random: Random): Disturbance[] {
  const disturbances: Disturbance[] = [];
  let free = lies + QUIET + (chance(random, 0.6) ? 1200 : random.uniform(0, 1000));
  while (chance(random, 0.65)) {
    const kind = (['hand', 'focus', 'exposure'] as const)[random.integer(3)];
    const length = { hand: 900, focus: 500, exposure: 1400 }[kind] * random.uniform(0.7, 1.3);
    if (free + length + QUIET > leaves) break;
    disturbances.push({ kind, begins: free, ends: free + length, strength: random.next() });
    free += length + random.uniform(900, 2500);
  }
  return disturbances;
}
