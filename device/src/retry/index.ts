/** How long to wait before a failed attempt is repeated. */
export interface RetryDelays {
  /** Upper bound of the first delay in milliseconds; it doubles with each further failure. */
  readonly firstMs: number;
  /** Upper bound of every delay in milliseconds. */
  readonly maxMs: number;
}

/** Keeps the power of two finite. */
const MAX_DOUBLINGS = 30;

/**
 * Milliseconds to wait before the next attempt. The bound grows exponentially, and the delay is drawn from its upper
 * half: devices that failed together must not retry together ("Exponential Backoff And Jitter", AWS Architecture Blog,
 * equal jitter).
 *
 * @param failures attempts that have failed in a row, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(
  failures: number,
  { firstMs, maxMs }: RetryDelays,
  random: () => number = Math.random,
): number {
  const bound = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, MAX_DOUBLINGS));
  return bound * (0.5 + random() / 2);
}
