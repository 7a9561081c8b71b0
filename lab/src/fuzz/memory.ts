/** Fewer do not show whether memory grows: caches still fill. */
const MIN_MEASUREMENTS = 60;
/** An allocator keeps pages back and gives them away again. */
const MAX_GROWTH_BYTES = 24 * 2 ** 20;
const MAX_GROWTH = 0.05;

/**
 * Whether memory grows without end: in the last third of the measurements there is clearly more than in the middle third.
 *
 * @param@param bytes resident memory, in the order in which it was measured
 * @returns what is wrong; undefined where nothing is, or there are too few to tell
 */
export function memoryFault(bytes: readonly number[]): string | undefined {
  if (bytes.length < MIN_MEASUREMENTS) return undefined;
  const third = Math.floor(bytes.length / 3);
  const [middle, last] = [median(bytes.slice(third, 2 * third)), median(bytes.slice(2 * third))];
  const growth = last - middle;
  if (growth <= Math.max(MAX_GROWTH_BYTES, MAX_GROWTH * middle)) return undefined;
  return `resident memory grows: ${megabytes(middle)} in the middle third, ${megabytes(last)} in the last`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
