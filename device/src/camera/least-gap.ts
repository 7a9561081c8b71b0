/** Frames are taken somewhat early, since those of a camera come with jitter. */
const EARLY = 0.9;

/** Seconds that must lie between two frames, so that no more than `rate` come in a second. */
export function leastGap(rate: number): number {
  return EARLY / rate;
}
