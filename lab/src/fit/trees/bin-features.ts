/** Maximum number of bins per feature, so that a byte can hold the index. */
const MAX_BINS = 64;

/** Features in bins with about equal numbers of cases. */
export interface BinnedFeatures {
  /** For each feature, the bin of each case. */
  readonly bins: readonly Uint8Array[];
  /** For each feature, the upper limits of its bins but the last one. */
  readonly limits: readonly Float64Array[];
}

export function binFeatures(rows: readonly Float64Array[], count: number): BinnedFeatures {
  const limits = Array.from({ length: count }, (_, feature) => limitsOf(rows.map((row) => row[feature])));
  const bins = limits.map((limit, feature) => Uint8Array.from(rows, (row) => binOf(row[feature], limit)));
  return { bins, limits };
}

/** Limits halfway between two values that occur. */
function limitsOf(values: number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const limits: number[] = [];
  for (let bin = 1; bin < MAX_BINS; bin++) {
    const at = Math.floor((bin * sorted.length) / MAX_BINS);
    if (at === 0 || sorted[at] === sorted[0]) continue;
    let below = at - 1;
    while (sorted[below] === sorted[at]) below--;
    const limit = (sorted[below] + sorted[at]) / 2;
    if (limits.length === 0 || limit > limits[limits.length - 1]) limits.push(limit);
  }
  return Float64Array.from(limits);
}

/** The first bin whose limit is not below the value. */
function binOf(value: number, limits: Float64Array): number {
  let [low, high] = [0, limits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= limits[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}
