/** Time, so that tests can drive it. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Calls `work` once after `ms` milliseconds, unless the function returned is called before. */
  after(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
