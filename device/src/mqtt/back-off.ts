export interface RetryDelays {
  /** Longest wait before the first new attempt; each further one may take twice as long. */
  readonly firstMs: number;
  /** Longest wait at all. */
  readonly mostMs: number;
}

export const DEFAULT_BACK_OFF: RetryDelays = { firstMs: 1000, mostMs: 60_000 };

/**
 * Milliseconds to wait before the next attempt: exponential, and drawn from its upper half, so that many devices do
 * not come back to a restarted broker at once ("Exponential Backoff And Jitter", AWS Architecture Blog, equal jitter).
 *
 * @param failures attempts that have failed in a row, from 1
 * @param random uniform in [0, 1)
 */
export function backOffDelay(failures: number, { firstMs, mostMs }: RetryDelays, random = Math.random): number {
  const longest = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return longest * (0.5 + random() / 2);
}
