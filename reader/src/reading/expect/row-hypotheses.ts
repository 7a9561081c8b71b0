import { READER_NUMBERS } from '../../numbers/index.js';
import type { FilledSlot, Slot } from './slot.js';

/**
 * The hypotheses of a row that have the same number of digits. Weights are logarithms of the odds against an empty row.
 */
export interface RowHypotheses {
  /** The weight of all hypotheses together. */
  readonly total: number;
  /** The weight of the likeliest hypothesis. */
  readonly best: number;
  readonly digits: readonly FilledSlot[];
}

interface Chain {
  readonly filled: FilledSlot;
  readonly before: Chain | undefined;
}

/** All ways to fill the first slots that leave the same choices for the slots after them. */
interface State {
  readonly count: number;
  /** Filled slots that conflict with later slots. */
  readonly open: readonly number[];
  readonly total: number;
  readonly best: number;
  readonly chain: Chain | undefined;
}

/**
 * The hypotheses of a row of slots, by their number of digits.
 *
 * The result has one entry for each number from 0 to `max` and a last one for more digits; an entry is undefined if
 * there is no such hypothesis. A hypothesis fills some slots with one digit each, no two of them in conflict. Its
 * weight is the sum of log P(digit) - log P(none) over the filled slots.
 *
 * This is dynamic programming along the row. The state is the number of digits so far and the filled slots that
 * conflict with later slots. The rest of the row depends on nothing else, so the maximum and the sum are exact.
 *
 * @param slots in reading order
 * @param known the digit at each position from the left, if only hypotheses with that digit count
 */
export function rowHypotheses(
  slots: readonly Slot[],
  max: number,
  known: (position: number) => number | undefined = () => undefined,
): (RowHypotheses | undefined)[] {
  const lastConflict = slots.map(({ conflicts }, slot) => Math.max(slot, ...conflicts));
  let states: readonly State[] = [{ count: 0, open: [], total: 0, best: 0, chain: undefined }];
  slots.forEach((slot, index) => {
    const next = new Map<string, State>();
    const isOpen = (other: number): boolean => lastConflict[other] > index;
    for (const state of states) {
      const open = state.open.filter(isOpen);
      add(next, { ...state, open });
      if (state.open.some((other) => slot.conflicts.includes(other))) continue;
      const { digit, best, total } = weightOf(slot, known(state.count));
      add(next, {
        count: Math.min(state.count + 1, max + 1),
        open: isOpen(index) ? [...open, index] : open,
        total: state.total + total,
        best: state.best + best,
        chain: { filled: { slot: index, digit }, before: state.chain },
      });
    }
    states = [...next.values()];
    const most = READER_NUMBERS.maxRowStates.value;
    if (states.length > most) states = [...states].sort((a, b) => b.total - a.total).slice(0, most);
  });
  const found = new Array<RowHypotheses | undefined>(max + 2).fill(undefined);
  for (const { count, total, best, chain } of states) found[count] = { total, best, digits: unchained(chain) };
  return found;
}

function add(states: Map<string, State>, state: State): void {
  const key = `${state.count}:${state.open.join()}`;
  const other = states.get(key);
  if (other === undefined) {
    states.set(key, state);
    return;
  }
  const better = state.best > other.best ? state : other;
  states.set(key, { ...better, total: logSum(state.total, other.total) });
}

/** The weight of a slot that holds the digit `known`, or any digit. */
function weightOf({ digits, none }: Slot, known: number | undefined): { digit: number; best: number; total: number } {
  if (known !== undefined) return { digit: known, best: digits[known] - none, total: digits[known] - none };
  const all = Array.from(digits);
  const best = Math.max(...all);
  return { digit: all.indexOf(best), best: best - none, total: all.reduce(logSum) - none };
}

function unchained(chain: Chain | undefined): FilledSlot[] {
  const digits: FilledSlot[] = [];
  for (let link = chain; link !== undefined; link = link.before) digits.unshift(link.filled);
  return digits;
}

/** log(exp(a) + exp(b)), without overflow. */
export function logSum(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return high === -Infinity ? -Infinity : high + Math.log1p(Math.exp(low - high));
}
