import { INT8, type Range } from './affine.js';

const BINS = 2048;
/** Shares of the whole range that the search for the least error tries. */
const SHRINK_STEPS = 100;

/** How often the values of a tensor fall into each of the equal bins between two ends. */
export class Histogram {
  readonly range: Range;
  readonly #counts = new Float64Array(BINS);
  readonly #width: number;
  #total = 0;

  constructor(range: Range) {
    this.range = range;
    this.#width = (range.max - range.min) / BINS;
  }

  add(values: Iterable<number>): void {
    for (const value of values) {
      const bin = Math.floor((value - this.range.min) / this.#width);
      this.#counts[Math.min(BINS - 1, Math.max(0, bin))] += 1;
      this.#total += 1;
    }
  }

  /** The range without the `1 - share` outermost values, half of them at either end. */
  percentile(share: number): Range {
    if (this.#width === 0) return this.range;
    const outside = ((1 - share) / 2) * this.#total;
    return { min: this.#edge(outside, 1), max: this.#edge(outside, -1) };
  }

  /** The range, a share of the whole, whose 256 steps give the least squared error. */
  leastSquaredError(): Range {
    if (this.#width === 0) return this.range;
    let best = { range: this.range, error: Number.POSITIVE_INFINITY };
    for (let step = SHRINK_STEPS; step > SHRINK_STEPS / 4; step--) {
      const share = step / SHRINK_STEPS;
      const range = { min: this.range.min * share, max: this.range.max * share };
      const error = this.#squaredError(range);
      if (error < best.error) best = { range, error };
    }
    return best.range;
  }

  /** The value at one end beyond which `outside` values lie. @param step 1 from below, -1 from above */
  #edge(outside: number, step: 1 | -1): number {
    let bin = step === 1 ? 0 : BINS - 1;
    let seen = this.#counts[bin];
    while (seen <= outside && bin + step >= 0 && bin + step < BINS) {
      bin += step;
      seen += this.#counts[bin];
    }
    return this.range.min + (step === 1 ? bin : bin + 1) * this.#width;
  }

  #squaredError({ min, max }: Range): number {
    const stepWidth = (Math.max(0, max) - Math.min(0, min)) / (INT8.max - INT8.min);
    // Uniform within a step: its width squared over 12. Outside of the range, the way back to its end.
    const rounding = stepWidth ** 2 / 12;
    let error = 0;
    this.#counts.forEach((count, bin) => {
      const value = this.range.min + (bin + 0.5) * this.#width;
      const beyond = Math.max(0, value - max, min - value);
      error += count * (beyond === 0 ? rounding : beyond ** 2);
    });
    return error;
  }
}
